import type { CastMember } from '../cast/creator.ts';
import { followLink } from './personal-link.ts';

export interface OwnAgreement {
  id: string;
  status: string;
  documentHash: string;
  expiresAt: string;
}

/** Opens the newest agreement by the link in the creator's own thread. That link opens this agreement and nothing else. */
async function open(creator: CastMember): Promise<{ holder: CastMember; agreement: OwnAgreement }> {
  const holder = await followLink(creator, 'agreement');
  const [newest] = await creator.api.all<OwnAgreement>('/v1/creator/agreements');
  if (!newest) throw new Error(`${creator.first} has no agreement`);
  return { holder, agreement: await holder.api.get(`/v1/creator/agreements/${newest.id}`) };
}

/** Signs: a typed name and a tick, below the very text whose hash is sent along. */
export async function sign(creator: CastMember): Promise<OwnAgreement> {
  const { holder, agreement } = await open(creator);
  return holder.api.post(`/v1/creator/agreements/${agreement.id}/sign`, {
    name: creator.name, agreed: true, documentHash: agreement.documentHash,
  });
}

export async function decline(creator: CastMember, reason: string): Promise<OwnAgreement> {
  const { holder, agreement } = await open(creator);
  return holder.api.post(`/v1/creator/agreements/${agreement.id}/decline`, { reason });
}

export async function dropOut(creator: CastMember, reason: string): Promise<OwnAgreement> {
  const { holder, agreement } = await open(creator);
  return holder.api.post(`/v1/creator/agreements/${agreement.id}/drop-out`, { reason });
}

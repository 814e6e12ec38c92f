import type { CastMember } from '../cast/creator.ts';
import { followLink } from './personal-link.ts';

/** A creator opens the link of their invite and presses “I'm interested”. */
export async function showInterest(creator: CastMember): Promise<Record<string, unknown>> {
  const holder = await followLink(creator, 'invite');
  const [own] = await creator.api.all<{ id: string }>('/v1/creator/invites');
  if (!own) throw new Error(`${creator.first} has not been invited`);
  return holder.api.post(`/v1/creator/invites/${own.id}/interest`);
}

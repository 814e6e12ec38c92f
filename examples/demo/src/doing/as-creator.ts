import type { CastMember } from '../cast/creator.ts';

/** What creators do, each through their own personal link (`/v1/creator/…`). */

export interface Application {
  motivation: string;
  answers?: Record<string, string>;
  price?: { amountMinor: number; currency: string };
  about?: { birthDate?: string };
}

export const apply = ({ api }: CastMember, campaignId: string, application: Application) =>
  api.post(`/v1/creator/campaigns/${campaignId}/applications`, application);

export interface OwnMessage {
  from: 'me' | 'team';
  text: string;
  subject: string | null;
  channel: string | null;
}

/** Their own thread, newest first. */
export async function thread({ api }: CastMember): Promise<OwnMessage[]> {
  return api.all<OwnMessage>('/v1/creator/thread');
}

export const write = ({ api }: CastMember, text: string) => api.post('/v1/creator/thread', { text });

export interface PostalAddress {
  legalName: string;
  street: string;
  postalCode: string;
  city: string;
  country: string;
}

export const enterAddress = ({ api }: CastMember, campaignId: string, address: PostalAddress) =>
  api.put(`/v1/creator/campaigns/${campaignId}/entry`, address);

/** The address as a creator of the story would have it. */
export function homeOf({ name }: CastMember, number: number): PostalAddress {
  return { legalName: name, street: `Theekade ${number}`, postalCode: '1012 AB', city: 'Amsterdam', country: 'NL' };
}

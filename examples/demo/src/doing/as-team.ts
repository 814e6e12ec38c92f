import type { CastMember } from '../cast/creator.ts';
import type { Person } from '../cast/people.ts';
import { readApplications } from '../reading/applications.ts';
import type { Stage } from '../stage.ts';

/** Moves somebody's application; no creator hears of it. */
export async function move(stage: Stage, by: Person, first: string, to: 'pending' | 'selected' | 'declined'): Promise<void> {
  const id = await applicationOf(stage, first);
  await by.api.patch(`/v1/applications/${id}`, { status: to });
}

/** @throws Error when they have not applied */
export async function applicationOf(stage: Stage, first: string): Promise<string> {
  const found = (await readApplications(stage)).get(stage.creator(first).id);
  if (!found) throw new Error(`${first} has not applied`);
  return found.id;
}

/** To those named, else to everybody selected who has none. */
export async function sendAgreements(stage: Stage, firsts?: readonly string[], terms?: { feeMinor?: number }): Promise<number> {
  const items = firsts && (await Promise.all(firsts.map(async (first) => ({ applicationId: await applicationOf(stage, first), ...(terms && { terms }) }))));
  const sent: { agreements: unknown[] } = await stage.team.mia.api.post(`/v1/campaigns/${stage.campaignId}/agreements`, items ? { items } : {});
  return sent.agreements.length;
}

export interface Invitation {
  creatorId: string;
  text?: string;
}

export const invite = ({ team, campaignId }: Stage, creators: readonly Invitation[]) =>
  team.mia.api.post<{ data: { creatorId: string; result: string }[] }>(`/v1/campaigns/${campaignId}/invites`, { creators });

export const press = (by: Person, campaignId: string, what: 'start' | 'publish' | 'close') =>
  by.api.post<Record<string, unknown>>(`/v1/campaigns/${campaignId}/${what}`);

/** The addresses of one creator that the team may see. */
export async function visibleAddresses({ team }: Stage, { id }: CastMember): Promise<{ address: { street: string } }[]> {
  const found: { data: { address: { street: string } }[] } = await team.mia.api.get(`/v1/creators/${id}/addresses`);
  return found.data;
}

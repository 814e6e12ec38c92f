import type { Stage } from '../stage.ts';

export interface Agreement {
  id: string;
  creator: { id: string; name: string };
  status: 'pending' | 'accepted' | 'declined' | 'expired' | 'withdrawn';
  droppedOut: boolean;
  documentHash: string;
  pdfReady: boolean;
  remindedAt: string | null;
  expiresAt: string;
  signed: { name: string | null } | null;
  ended: { reason: string | null } | null;
}

export const readAgreements = ({ team, campaignId }: Stage): Promise<Agreement[]> =>
  team.mia.api.all<Agreement>(`/v1/campaigns/${campaignId}/agreements`);

/** The newest agreement of one creator. */
export async function agreementOf(stage: Stage, first: string): Promise<Agreement | undefined> {
  const { id } = stage.creator(first);
  return (await readAgreements(stage)).find(({ creator }) => creator.id === id);
}

/** How many stand where, as in "7 accepted, 3 pending". */
export function countByStatus(agreements: readonly Agreement[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, droppedOut } of agreements) {
    const shown = droppedOut ? 'dropped out' : status;
    counts[shown] = (counts[shown] ?? 0) + 1;
  }
  return counts;
}

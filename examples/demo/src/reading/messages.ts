import type { Stage } from '../stage.ts';
import { eventually } from '../telling/eventually.ts';

export interface SentMessage {
  id: string;
  creator: { id: string; name: string };
  kind: string;
  channel: string | null;
  status: string;
  code: string | null;
}

/** What the campaign has sent, newest first, the newsletters that listed it among them. */
export const readMessages = ({ team, campaignId }: Stage, kind?: string): Promise<SentMessage[]> =>
  team.mia.api.all<SentMessage>(`/v1/campaigns/${campaignId}/messages${kind === undefined ? '' : `?kind=${kind}`}`);

/** Whether nobody has to wait for it any more. */
export const isSettled = ({ status }: SentMessage): boolean => !['queued', 'claimed'].includes(status);

export const hasLeft = ({ status }: SentMessage): boolean => ['sent', 'delivered', 'read'].includes(status);

/** Messages of one kind, once `count` are settled. */
export function settledMessages(stage: Stage, kind: string, count: number): Promise<SentMessage[]> {
  return eventually(() => readMessages(stage, kind), (all) => all.length >= count && all.every(isSettled));
}

/** By first name, each once, in the order of the alphabet. */
export function recipients({ creators }: Stage, messages: readonly SentMessage[]): string[] {
  const ids = new Set(messages.map(({ creator }) => creator.id));
  return creators.filter(({ id }) => ids.has(id)).map(({ first }) => first).sort((one, other) => one.localeCompare(other));
}

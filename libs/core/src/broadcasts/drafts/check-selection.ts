import type { FieldProblem } from '@sevenfold/domain/errors';
import { idsIn } from '../../db/ids-in.js';
import type { Tx } from '../../db/tx.js';
import { unfindableChannel } from '../../inbox/threads/check-channel.js';
import type { InboxSelection } from '../recipients/inbox-selection.js';
import type { Selection } from '../recipients/selection.js';

/** Names whatever a selection speaks of that is not in this workspace: it would find nobody, and nobody would know why. */
export async function checkSelection(tx: Tx, selection: Selection): Promise<FieldProblem[]> {
  if ('inbox' in selection) return checkInbox(tx, selection.inbox);
  if ('campaign' in selection) return missing(tx, 'campaign', 'recipients.campaign.campaignId', selection.campaign.campaignId);
  return 'creators' in selection ? strangers(tx, selection.creators) : [];
}

/** A campaign is named there must be. */
export const checkCampaign = (tx: Tx, campaignId: string | null | undefined): Promise<FieldProblem[]> => missing(tx, 'campaign', 'campaignId', campaignId ?? undefined);

async function checkInbox(tx: Tx, { assignee, campaignId, clientId, creatorId, channel }: InboxSelection): Promise<FieldProblem[]> {
  return [
    ...(await missing(tx, 'member', 'recipients.inbox.assignee', assignee === 'none' ? undefined : assignee)),
    ...(await missing(tx, 'campaign', 'recipients.inbox.campaignId', campaignId)),
    ...(await missing(tx, 'client', 'recipients.inbox.clientId', clientId)),
    ...(await missing(tx, 'creator', 'recipients.inbox.creatorId', creatorId)),
    ...(await unfindableChannel(tx, 'recipients.inbox.channel', channel)),
  ];
}

async function missing(tx: Tx, table: 'campaign' | 'client' | 'creator' | 'member', path: string, id: string | undefined): Promise<FieldProblem[]> {
  if (id === undefined) return [];
  const found = await tx.em.execute<{ id: string }[]>(`select id from ${table} where id = ?`, [id]);
  return found.length > 0 ? [] : [{ path, message: `There is no such ${table}` }];
}

/** Names the first ten; a list with a thousand wrong ids is wrong as a whole. */
async function strangers(tx: Tx, creatorIds: readonly string[]): Promise<FieldProblem[]> {
  const rows = await tx.em.execute<{ id: string }[]>(
    `select id from creator where erased_at is null and id in ${idsIn}`, [JSON.stringify(creatorIds)],
  );
  const known = new Set(rows.map(({ id }) => id));
  return creatorIds
    .flatMap((id, index) => (known.has(id.toLowerCase()) ? [] : [{ path: `recipients.creators.${index}`, message: 'There is no such creator' }]))
    .slice(0, 10);
}

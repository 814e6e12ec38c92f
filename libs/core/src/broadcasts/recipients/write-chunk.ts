import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../../db/tx.js';
import { Broadcast } from '../broadcast.entity.js';
import { insertRecipients, type PlannedDelivery } from '../insert-recipients.js';
import { Writing, type Letter, type Written } from './writing.js';

/**
 * Writes the messages of the next chunk of recipients: rendered, put into their threads, queued on their channels. Several
 * batches at once take different chunks.
 * @param takenBy the batch that is going to send them
 * @returns the deliveries, or null when no chunk is left that nobody else writes
 */
export async function writeNextChunk(tx: Tx, broadcastId: string, takenBy: string): Promise<PlannedDelivery[] | null> {
  const [chunk] = await tx.em.execute<{ id: string; creatorIds: string[] }[]>(
    `select id, creator_ids as "creatorIds" from broadcast_chunk
      where broadcast_id = ? and written_at is null order by position limit 1 for update skip locked`,
    [broadcastId],
  );
  if (!chunk) return null;
  const broadcast = await tx.em.findOneOrFail(Broadcast, { id: broadcastId });
  const letter = letterOf(broadcast);
  const writing = await Writing.of(tx, letter);
  const written = await writing.to(tx, chunk.creatorIds, { mint: true });
  const recipients = written.flatMap((each) => ('skip' in each ? [] : [{ creatorId: each.creatorId, texts: each.texts, plan: each.plan }]));
  const deliveries = await insertRecipients(tx, broadcastId, {
    campaignId: broadcast.campaignId ?? null, kind: broadcast.kind, purpose: letter.purpose, automatic: false,
    authorMemberId: letter.authorMemberId, preferredChannel: letter.channel, takenBy,
  }, recipients);
  await insertSkips(tx, broadcastId, written);
  await tx.em.execute('update broadcast_chunk set written_at = ? where id = ?', [tx.now, chunk.id]);
  return deliveries;
}

/** What a broadcast says, as it was frozen. @throws Error for one whose recipients the product named itself */
export function letterOf(broadcast: Broadcast): Letter {
  if (!broadcast.texts) throw new Error('This broadcast has no texts of its own');
  return {
    texts: broadcast.texts, campaignId: broadcast.campaignId ?? null, channel: broadcast.channel ?? null,
    purpose: broadcast.purpose ?? 'notice', authorMemberId: broadcast.authorMemberId ?? null,
  };
}

async function insertSkips(tx: Tx, broadcastId: string, written: readonly Written[]): Promise<void> {
  const skips = written.flatMap((each) => ('skip' in each ? [{ id: newId(), creator_id: each.creatorId, reason: each.skip, variables: each.variables }] : []));
  if (skips.length === 0) return;
  await tx.em.execute(
    `insert into broadcast_skip (id, workspace_id, created_at, broadcast_id, creator_id, reason, variables)
     select r.id, ?, ?, ?, r.creator_id, r.reason, r.variables
       from json_to_recordset(?::json) as r(id uuid, creator_id uuid, reason text, variables jsonb)
     on conflict (broadcast_id, creator_id) do nothing`,
    [tx.workspaceId, tx.now, broadcastId, JSON.stringify(skips)],
  );
}

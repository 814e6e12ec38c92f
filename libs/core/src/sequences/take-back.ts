import type { Tx } from '../db/tx.js';
import { hint } from '../live/hint.js';

/** Stands on a message and its delivery that were not sent, because what it was to follow up has happened. */
const takenBackCode = 'cancelled';

/** The key by which a step of a run is one message, however often it is tried. */
export const stepKey = (runId: string, step: number): string => `sequence:${runId}:${step}`;

interface Row {
  id: string;
  creatorId: string;
  campaignId: string | null;
}

/**
 * Takes back what these runs sent and what has not left: it waits for the day, for a server, or for another channel. What is being handed
 * over at this moment ends by itself, but is not tried again, goes on to no other channel, and is not sent by mail for lying unread in the app.
 */
export async function takeBack(tx: Tx, runs: readonly { id: string; nextStep: number }[]): Promise<void> {
  const keys = runs.flatMap(({ id, nextStep }) => Array.from({ length: nextStep + 1 }, (_, step) => stepKey(id, step)));
  // The order everybody locks in: a message before its deliveries.
  const messages = await tx.em.execute<{ id: string }[]>(
    `select m.id from json_array_elements_text(?::json) as k(key) join message m on m.workspace_id = ? and m.dedupe_key = k.key
      where m.deadline_at is null or m.deadline_at > ? order by m.id for no key update of m`,
    [JSON.stringify(keys), tx.workspaceId, tx.now],
  );
  const ids = messages.map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.em.execute('update message set deadline_at = ? where id in (?)', [tx.now, ids]);
  await tx.em.execute(`update delivery set status = 'failed', code = ?, finished_at = ?, not_before = null where message_id in (?) and status = 'queued'`, [takenBackCode, tx.now, ids]);
  const cancelled = await tx.em.execute<Row[]>(
    `update message m set status = 'failed', code = ? where m.id in (?) and m.status = 'queued'
        and not exists (select 1 from delivery d where d.message_id = m.id and d.round = m.round and d.status = 'claimed')
      returning m.id, m.creator_id as "creatorId", m.campaign_id as "campaignId"`,
    [takenBackCode, ids],
  );
  if (cancelled.length === 0) return;
  await tx.em.execute(
    `update sequence_run r set sent = r.sent - k.count
       from (select split_part(m.dedupe_key, ':', 2)::uuid as run, count(*)::int as count from message m where m.id in (?) group by 1) k where r.id = k.run`,
    [cancelled.map(({ id }) => id)],
  );
  await hint(tx, cancelled.map((message) => ({ entity: 'message' as const, ...message })));
}

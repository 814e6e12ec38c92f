import type { Tx } from '../../db/tx.js';
import { hint } from '../../live/index.js';
import { erasedName } from './erased-name.js';

/**
 * Empties what was written with a creator. That something was sent, when and over which channel, stays: campaigns count it.
 * What had not left yet never will.
 */
export async function emptyConversation(tx: Tx, creatorId: string): Promise<void> {
  await tx.em.execute(
    `update message set subject = null, text = ?, quoted_from = null, provider_id = null, html = null, short = null, sealed_links = null, preferred_channel = null,
            status = case when status = 'queued' then 'failed' else status end, code = case when status = 'queued' then 'erased' else code end
      where creator_id = ?`,
    ['[erased]', creatorId],
  );
  await tx.em.execute(
    `update delivery d set address = '', reason = null, status = case when d.status = 'queued' then 'failed' else d.status end
       from message m where m.id = d.message_id and m.creator_id = ?`,
    [creatorId],
  );
  // Without a last message it is no line of the inbox any more, and nobody is reminded to answer.
  const threads = await tx.em.execute<{ id: string; version: number }[]>(
    `update thread set version = version + 1, last_message_at = null, last_preview = null, last_direction = null, last_inbound_channel = null, unread = 0,
            waiting_since = null, reply_remind_at = null, reply_due_at = null, snoozed_until = null
      where creator_id = ? returning id, version`,
    [creatorId],
  );
  await hint(tx, threads.map((thread) => ({ entity: 'thread' as const, ...thread })));
  await tx.em.execute(
    `update notice set data = (data - 'creator' - 'reason' - 'missing') || jsonb_build_object('creator', ?::text),
            status = case when status = 'open' then 'done' else status end, done_at = case when status = 'open' then ? else done_at end
      where creator_id = ?`,
    [erasedName, tx.now, creatorId],
  );
}

/** Notices about a whole campaign name its group. @param name as it was until now */
export async function unnameInNotices(tx: Tx, creatorId: string, name: string): Promise<void> {
  await tx.em.execute(
    `update notice n set data = jsonb_set(data, '{names}',
         (select jsonb_agg(case when each = to_jsonb(?::text) then to_jsonb(?::text) else each end) from jsonb_array_elements(data -> 'names') each))
      where jsonb_typeof(data -> 'names') = 'array' and data -> 'names' @> to_jsonb(?::text)
        and campaign_id in (select campaign_id from application where creator_id = ? union select campaign_id from collaboration where creator_id = ?)`,
    [name, erasedName, name, creatorId, creatorId],
  );
}

import { newId } from '@sevenfold/platform/ids';
import { cleanJson } from '../../db/clean-text.js';
import type { Database } from '../../db/database.js';
import type { Scope } from '../../db/tx.js';
import type { Ended } from '../../inbox/sending/mark.js';

/**
 * Marks attempts that were accepted and that nothing has overtaken: message locked, delivery and message marked, the event kept,
 * in one statement that is a transaction of its own. That is nearly all of them.
 * @param ended none of a channel with an app, whose users are told besides
 * @returns the deliveries that were marked; the others go the long way
 */
export async function markAccepted(db: Database, scope: Scope, ended: readonly Ended[]): Promise<Set<string>> {
  const rows = ended.flatMap(({ attempt, outcome }) => (outcome.outcome === 'accepted'
    ? [{
        event: newId(), id: attempt.deliveryId, message: attempt.messageId, attempt: attempt.attempt, channel: attempt.channel,
        provider: outcome.providerId.slice(0, 500), segments: outcome.segments ?? null, raw: { attempt: attempt.attempt, ...outcome },
      }]
    : []));
  if (rows.length === 0) return new Set();
  const now = await db.now();
  const marked = await db.inOneStatement<{ id: string }>(
    scope,
    `with r as materialized (
            select * from json_to_recordset(?::json)
              as r(event uuid, id uuid, message uuid, attempt int, channel text, provider text, segments int, raw jsonb)),
          locked as materialized (select id from message where id in (?) order by id for no key update),
          d as (update delivery d set status = 'sent', provider_id = r.provider, code = null, reason = null, segments = r.segments, sent_at = coalesce(d.sent_at, ?)
                  from r join locked on locked.id = r.message
                 where d.id = r.id and d.id in (?) and d.status = 'claimed' and d.attempts = r.attempt returning d.id, d.message_id),
          m as (update message m set status = 'sent', channel = r.channel from d join r on r.id = d.id
                 where m.id = d.message_id and m.id in (?) and m.status in ('queued', 'claimed')),
          e as (insert into delivery_event (id, workspace_id, created_at, delivery_id, kind, at, raw)
                select r.event, ?, ?, r.id, 'accepted', ?, r.raw from r join d on d.id = r.id)
     select id from d`,
    [cleanJson(rows), rows.map(({ message }) => message), now, rows.map(({ id }) => id), rows.map(({ message }) => message), scope.workspaceId, now, now],
  );
  return new Set(marked.map(({ id }) => id));
}

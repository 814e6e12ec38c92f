import { newId } from '@sevenfold/platform/ids';
import { cleanJson } from '../../db/clean-text.js';
import type { Database } from '../../db/database.js';
import { Prepared } from '../../db/prepared.js';
import type { Scope } from '../../db/tx.js';
import type { Ended } from '../../inbox/sending/mark.js';

/** $1 what was accepted, $2 the messages, $3 the deliveries, $4 the workspace, $5 now. `is true`: not by the index of the status, which is all that is claimed. */
const markSql = new Prepared(
  `with r as materialized (
          select * from json_to_recordset($1::json)
            as r(event uuid, id uuid, message uuid, attempt int, channel text, provider text, segments int, raw jsonb)),
        locked as materialized (select id from message where id = any($2::uuid[]) order by id for no key update),
        d as (update delivery d set status = 'sent', provider_id = r.provider, code = null, reason = null, segments = r.segments, sent_at = coalesce(d.sent_at, $5)
                from r join locked on locked.id = r.message
               where d.id = r.id and d.id = any($3::uuid[]) and (d.status = 'claimed') is true and d.attempts = r.attempt returning d.id, d.message_id),
        m as (update message m set status = 'sent', channel = r.channel from d join r on r.id = d.id
               where m.id = d.message_id and m.status in ('queued', 'claimed')),
        e as (insert into delivery_event (id, workspace_id, created_at, delivery_id, kind, at, raw)
              select r.event, $4, $5, r.id, 'accepted', $5, r.raw from r join d on d.id = r.id)
   select id from d`,
);

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
  const marked = await db.inOneStatement<{ id: string }>(
    scope, markSql, [cleanJson(rows), rows.map(({ message }) => message), rows.map(({ id }) => id), scope.workspaceId, await db.now()],
  );
  return new Set(marked.map(({ id }) => id));
}

import type { DeliveryStatus } from '@sevenfold/domain/delivery';
import { cleanJson } from '../../db/clean-text.js';
import type { Tx } from '../../db/tx.js';

/** New words on a delivery; null keeps what the row says. */
export interface DeliveryMark {
  id: string;
  status: DeliveryStatus;
  providerId: string | null;
  code: string | null;
  reason: string | null;
  notBefore: Date | null;
  /** How many messages the provider made of it; absent keeps what the row says. */
  segments?: number | null;
}

/**
 * Marks many deliveries in one statement. What was wrong before is no longer shown once it has left.
 * The ids are named once more, because for the rows of a JSON text alone the planner reads the whole table.
 */
export async function writeDeliveries(tx: Tx, marks: readonly DeliveryMark[]): Promise<void> {
  if (marks.length === 0) return;
  await tx.em.execute(
    `update delivery d set
            status = r.status,
            provider_id = coalesce(r."providerId", d.provider_id),
            code = case when r.status in ('sent', 'delivered', 'read') then null else coalesce(r.code, d.code) end,
            reason = case when r.status in ('sent', 'delivered', 'read') then null else coalesce(r.reason, d.reason) end,
            not_before = r."notBefore",
            segments = coalesce(r.segments, d.segments),
            sent_at = case when r.status in ('sent', 'delivered', 'read') then coalesce(d.sent_at, ?) else d.sent_at end,
            finished_at = case when r.status in ('delivered', 'failed', 'read') then coalesce(d.finished_at, ?) else d.finished_at end
       from json_to_recordset(?::json)
         as r(id uuid, status text, "providerId" text, code text, reason text, "notBefore" timestamptz, segments int)
      where d.id = r.id and d.id in (?)`,
    [tx.now, tx.now, cleanJson(marks.map(short)), marks.map(({ id }) => id)],
  );
}

/** Brings messages up to what their deliveries say now. */
export async function writeMessages(
  tx: Tx,
  messages: readonly { id: string; status: DeliveryStatus; channel: string | null }[],
): Promise<void> {
  if (messages.length === 0) return;
  await tx.em.execute(
    `update message m set status = r.status, channel = r.channel,
            read_at = case when r.status = 'read' then coalesce(m.read_at, ?) else m.read_at end
       from json_to_recordset(?::json) as r(id uuid, status text, channel text) where m.id = r.id and m.id in (?)`,
    [tx.now, JSON.stringify(messages), messages.map(({ id }) => id)],
  );
}

/** Providers' words are theirs, in length too. */
function short(mark: DeliveryMark): DeliveryMark {
  const text = (value: string | null): string | null => value?.slice(0, 500) ?? null;
  return { ...mark, providerId: text(mark.providerId), code: text(mark.code), reason: text(mark.reason) };
}

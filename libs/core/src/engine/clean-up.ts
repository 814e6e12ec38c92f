import { removeUnsent } from '../inbox/attachments/forget-attachments.js';
import { dropDismissed } from '../inbox/tray/dismiss-unassigned.js';
import type { SystemDatabase } from '../system/system-database.js';

const day = 24 * 3_600_000;

/** How long done rows are kept, in ms. Due rows longest: they remember that something was asked for already. */
const keep = { outbox: 7 * day, due: 90 * day, live: day / 24 };

/**
 * Removes what has served its time, at most `limit` rows of each kind; call again while any count reaches it.
 * Idempotency rows carry their own end.
 */
export async function cleanUp(
  system: SystemDatabase,
  limit = 5_000,
): Promise<{ outbox: number; due: number; idempotency: number; live: number; unsent: number; dismissed: number }> {
  return system.transaction(async (em, now) => {
    const remove = async (table: string, condition: string, before: Date): Promise<number> => {
      const rows = await em.execute<{ id: string }[]>(
        `delete from ${table} where id in (select id from ${table} where ${condition} limit ? for update skip locked) returning id`,
        [before, limit],
      );
      return rows.length;
    };
    return {
      unsent: await removeUnsent(em, now, limit),
      dismissed: await dropDismissed(em, now, limit),
      outbox: await remove('outbox_item', 'done_at < ?', new Date(now.getTime() - keep.outbox)),
      due: await remove('due_item', 'done_at < ?', new Date(now.getTime() - keep.due)),
      idempotency: await remove('idempotency_record', 'expires_at < ?', now),
      // Whoever was away for longer reads everything again (live/position.ts).
      live: await remove('live_hint', 'created_at < ?', new Date(now.getTime() - keep.live)),
    };
  });
}

import { rawInstant } from '../../db/raw-instant.js';
import type { SystemDatabase } from '../../system/system-database.js';

/** How many small waits are over and not handled yet, and for how long the oldest, in ms: more than seconds means that nobody sweeps. */
export async function dueLag(system: SystemDatabase): Promise<{ overdue: number; oldestMs: number }> {
  return system.transaction(async (em, now) => {
    const [row] = await em.execute<{ overdue: number; oldest: string | null }[]>(
      'select count(*)::int as overdue, min(due_at) as oldest from due_item where done_at is null and due_at <= ?',
      [now],
    );
    const oldest = row?.oldest ? now.getTime() - rawInstant(row.oldest).getTime() : 0;
    return { overdue: row?.overdue ?? 0, oldestMs: Math.max(0, oldest) };
  });
}

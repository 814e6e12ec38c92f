import type { Database } from '../../db/database.js';
import type { Scope } from '../../db/tx.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { removeCreator } from '../remove-creator.js';
import { assertNotRunning } from './running.js';

/**
 * Erases a creator: see {@link removeCreator}, and what came in from their addresses as it came, which belongs to no workspace.
 * That goes first: cut off in between, the creator is still there and can be erased again.
 * @throws DomainError `not_found`; `conflict` while a campaign runs with them
 */
export async function eraseCreator(db: Database, system: SystemDatabase, scope: Scope, creatorId: string): Promise<void> {
  const points = await db.inWorkspace(scope, async (tx) => {
    await assertNotRunning(tx, creatorId);
    return tx.em.execute<{ channel: string; address: string }[]>(
      'select channel, address from contact_point p where creator_id = ? and not exists (select 1 from creator c where c.id = p.creator_id and c.erased_at is not null)',
      [creatorId],
    );
  });
  await system.transaction(async (em) => {
    for (const { channel, address } of points) {
      await em.execute(`delete from inbound_item where channel = ? and lower(event ->> 'from') = lower(?)`, [channel, address]);
      await em.execute('delete from tray_item where channel = ? and lower(sender) = lower(?)', [channel, address]);
    }
    await em.execute(
      `update delivery_event e set raw = e.raw - 'from' - 'to' from delivery d join message m on m.id = d.message_id
        where d.id = e.delivery_id and m.creator_id = ? and coalesce(e.raw ->> 'from', e.raw ->> 'to') is not null`,
      [creatorId],
    );
    // From another address of theirs, and what came back from a mail server.
    await em.execute('delete from inbound_item where routed_message_id in (select id from message where creator_id = ?)', [creatorId]);
  });
  await db.inWorkspace(scope, (tx) => removeCreator(tx, creatorId));
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../../audit/audit.js';
import { rawInstant } from '../../db/raw-instant.js';
import type { Scope } from '../../db/tx.js';
import { hint } from '../../live/hint.js';
import { markRouted, markUnrouted } from '../inbound/inbound-item.js';
import type { TrayParts } from './assign-unassigned.js';
import type { TrayStatus } from './tray-item.entity.js';
import { openTrayItem } from './tray-state.js';

/** How long what was dismissed keeps its files, and can be put back, in ms. */
export const dismissedKeptMs = 30 * 24 * 3_600_000;

/** Nobody's, and nothing to answer: it leaves the tray and is not looked at again, unless it is put back. @throws DomainError `not_found`, `wrong_state` */
export async function dismissUnassigned({ system, db }: TrayParts, scope: Scope, id: string): Promise<void> {
  const itemId = await db.inWorkspace(scope, async (tx) => {
    const item = await openTrayItem(tx, id);
    const memberId = tx.actor.kind === 'member' ? tx.actor.memberId : null;
    await tx.em.execute(`update tray_item set status = 'dismissed', done_at = ?, done_by_member_id = ? where id = ?`, [tx.now, memberId, id]);
    audit(tx, { action: 'unassigned.dismissed', entity: 'unassigned', entityId: id });
    return item.itemId;
  });
  await markRouted(system, itemId, { workspaceId: scope.workspaceId, messageId: null, became: false });
}

/**
 * Puts a dismissed message back into the tray, as it was. Putting back what is there already is fine.
 * @throws DomainError `not_found`; `wrong_state` when it has become a creator's, or was dismissed over 30 days ago: its files are gone then
 */
export async function restoreUnassigned({ system, db }: TrayParts, scope: Scope, id: string): Promise<void> {
  const itemId = await db.inWorkspace(scope, async (tx) => {
    const [row] = await tx.em.execute<{ itemId: string; status: TrayStatus; doneAt: string | null }[]>(
      'select item_id as "itemId", status, done_at as "doneAt" from tray_item where id = ? for update',
      [id],
    );
    if (!row) throw new DomainError('not_found', { entity: 'unassigned' });
    if (row.status === 'assigned') throw new DomainError('wrong_state', { state: row.status, allowed: ['dismissed'] });
    if (row.status === 'open' || row.doneAt === null) return row.itemId;
    if (tx.now.getTime() - rawInstant(row.doneAt).getTime() > dismissedKeptMs) {
      throw new DomainError('wrong_state', { state: row.status, allowed: [] }, 'It was dismissed more than 30 days ago, and its files are gone');
    }
    await tx.em.execute(`update tray_item set status = 'open', done_at = null, done_by_member_id = null where id = ?`, [id]);
    audit(tx, { action: 'unassigned.restored', entity: 'unassigned', entityId: id });
    await hint(tx, { entity: 'unassigned', id });
    return row.itemId;
  });
  // Whoever turns out to have written it gets it by itself again.
  await markUnrouted(system, itemId);
}

/** Removes the files of what was dismissed too long ago to be put back. @param em the system's @returns how many parts */
export async function dropDismissed(em: EntityManager, now: Date, limit: number): Promise<number> {
  const rows = await em.execute<object[]>(
    `delete from inbound_part where item_id in
       (select t.item_id from tray_item t where t.status = 'dismissed' and t.done_at < ? and exists (select 1 from inbound_part p where p.item_id = t.item_id) limit ?)
     returning item_id`,
    [new Date(now.getTime() - dismissedKeptMs), limit],
  );
  return rows.length;
}

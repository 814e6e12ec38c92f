import { DomainError } from '@sevenfold/domain/errors';
import { iso } from '../../db/instants.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { readStoredEvent } from '../inbound/stored-event.js';
import { insertTrayItem, trayItemOf } from './keep-in-tray.js';

/** A message that no workspace may see yet. Instants are UTC, ISO 8601. */
export interface OwnerlessItem {
  id: string;
  channel: string;
  from: string;
  to: string;
  receivedAt: string;
  reason: string;
}

/** What came in and nobody can tell which workspace it is for, the latest first. For the operator: words are left out. */
export async function listOwnerless(system: SystemDatabase, limit = 100): Promise<OwnerlessItem[]> {
  const rows = await system.transaction((em) =>
    em.execute<OwnerlessItem[]>(
      `select i.id, i.channel, i.event ->> 'from' as "from", coalesce(i.event ->> 'envelopeTo', i.event ->> 'to') as "to", i.received_at as "receivedAt", i.problem as reason
         from inbound_item i
        where i.routed_at is null and i.problem is not null and i.event ->> 'kind' = 'message' and coalesce(i.event ->> 'automatic', 'false') <> 'true'
          and not exists (select 1 from tray_item t where t.item_id = i.id)
        order by i.received_at desc, i.id desc limit ?`,
      [limit],
    ),
  );
  return rows.map((row) => ({ ...row, receivedAt: iso(row.receivedAt) }));
}

/**
 * The operator says whose a message is: it is shown in that workspace's tray.
 * @throws DomainError `not_found` for the item or the workspace, `wrong_state` when it has an owner
 */
export async function giveToWorkspace(system: SystemDatabase, itemId: string, workspaceId: string): Promise<void> {
  await system.transaction(async (em, now) => {
    const [item] = await em.execute<{ channel: string; event: unknown; taken: boolean }[]>(
      `select i.channel, i.event, i.routed_at is not null or exists (select 1 from tray_item t where t.item_id = i.id) as taken from inbound_item i where i.id = ? for update`,
      [itemId],
    );
    const [workspace] = await em.execute<{ id: string }[]>('select id from workspace where id = ?', [workspaceId]);
    if (!item || !workspace) throw new DomainError('not_found', { entity: item ? 'workspace' : 'inbound-item' });
    if (item.taken) throw new DomainError('wrong_state', { state: 'taken', allowed: ['open'] });
    const event = readStoredEvent(item.event);
    if (event.kind !== 'message') throw new DomainError('not_found', { entity: 'inbound-item' });
    const { channel } = item;
    await insertTrayItem(em, now, { ...(await trayItemOf(em, itemId)), itemId, workspaceId, candidates: [], channel, event, reason: 'given_by_operator', sender: event.from });
  });
}

/**
 * From now on what comes to this address of ours and belongs to nobody is shown in this workspace's tray.
 * @param address an address, or `@` and a domain
 * @throws DomainError `not_found` for the workspace
 */
export async function routeToTray(system: SystemDatabase, route: { channel: string; address: string; workspaceId: string }): Promise<void> {
  await system.transaction(async (em, now) => {
    const [workspace] = await em.execute<{ id: string }[]>('select id from workspace where id = ?', [route.workspaceId]);
    if (!workspace) throw new DomainError('not_found', { entity: 'workspace' });
    await em.execute(
      `insert into tray_route (channel, address, target_workspace_id, created_at) values (?, ?, ?, ?)
       on conflict (channel, address) do update set target_workspace_id = excluded.target_workspace_id, created_at = excluded.created_at`,
      [route.channel, route.address.trim().toLowerCase(), route.workspaceId, now],
    );
  });
}

import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import { hint } from '../../live/hint.js';
import type { SystemDatabase } from '../../system/system-database.js';
import type { TrayStatus } from './tray-item.entity.js';

/** What the team made of an item of its tray; undefined while it is open, or was never there. The row is held until the end of the transaction. */
export async function trayOutcome(tx: Tx, itemId: string): Promise<{ messageId: string | null } | undefined> {
  const [row] = await tx.em.execute<{ status: TrayStatus; messageId: string | null }[]>(
    'select status, message_id as "messageId" from tray_item where item_id = ? for update',
    [itemId],
  );
  return row === undefined || row.status === 'open' ? undefined : row;
}

/** Whose tray an item is in, whichever workspace's, and what became of it there: an assignment may have been cut off before the item was marked. */
export async function placeInTray(system: SystemDatabase, itemId: string): Promise<{ status: TrayStatus; workspaceId: string; messageId: string | null } | undefined> {
  const [row] = await system.transaction((em) =>
    em.execute<{ status: TrayStatus; workspaceId: string; messageId: string | null }[]>(
      'select status, workspace_id as "workspaceId", message_id as "messageId" from tray_item where item_id = ?',
      [itemId],
    ),
  );
  return row;
}

/** It has an owner now. What was shown of it is in the message, and is kept there alone. */
export async function closeTrayItem(tx: Tx, itemId: string, { messageId, memberId = null }: { messageId: string | null; memberId?: string | null }): Promise<void> {
  const [row] = await tx.em.execute<{ id: string }[]>(
    `update tray_item set status = 'assigned', sender = null, subject = null, text = '', files = '[]', candidates = '[]', done_at = ?, done_by_member_id = ?, message_id = ?
      where item_id = ? and status = 'open' returning id`,
    [tx.now, memberId, messageId, itemId],
  );
  if (row) await hint(tx, { entity: 'unassigned', id: row.id });
}

/** An item of the tray that waits for somebody, held until the end of the transaction. */
export interface OpenTrayItem {
  id: string;
  itemId: string;
  channel: string;
  sender: string | null;
  receivedAt: string;
}

/** @throws DomainError `not_found`; `wrong_state` when somebody has decided already */
export async function openTrayItem(tx: Tx, id: string): Promise<OpenTrayItem> {
  const [row] = await tx.em.execute<(OpenTrayItem & { status: TrayStatus })[]>(
    'select id, item_id as "itemId", channel, sender, received_at as "receivedAt", status from tray_item where id = ? for update',
    [id],
  );
  if (!row) throw new DomainError('not_found', { entity: 'unassigned' });
  if (row.status !== 'open') throw new DomainError('wrong_state', { state: row.status, allowed: ['open'] });
  return row;
}

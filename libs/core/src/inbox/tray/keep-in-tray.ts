import type { ChannelPlugin, InboundMessage } from '@sevenfold/plugin-sdk';
import { newId } from '@sevenfold/platform/ids';
import type { EntityManager } from '@mikro-orm/postgresql';
import { cleanJson, cleanText } from '../../db/clean-text.js';
import type { Database } from '../../db/database.js';
import { hint } from '../../live/hint.js';
import type { SystemDatabase } from '../../system/system-database.js';
import type { FoundPerson } from '../inbound/find-owner.js';
import { withoutLinks } from '../personal-links/index.js';
import type { TrayFile } from './tray-item.entity.js';
import { workspaceFor, type TrayPlace } from './workspace-for.js';

/** A message without an owner. */
export interface Ownerless {
  itemId: string;
  event: InboundMessage;
  reason: string;
  /** More than one person has this address, and nothing tells them apart. */
  people?: readonly FoundPerson[];
}

/**
 * Shows a message without an owner to the one workspace it can be for, once. What machines write is nobody's to answer and is not shown.
 * @returns false when nobody can tell which workspace it is for
 */
export async function keepInTray(
  { system, db }: { system: SystemDatabase; db: Database },
  plugin: ChannelPlugin,
  { itemId, event, reason, people = [] }: Ownerless,
): Promise<boolean> {
  if (event.automatic === true) return false;
  const found = await system.transaction(async (em) => {
    const place = await workspaceFor(em, db.services.keyRing, plugin, event, people);
    return place && { place, item: await trayItemOf(em, itemId) };
  });
  if (!found) return false;
  const { place, item } = found;
  const scope = { workspaceId: place.workspaceId, actor: { kind: 'system', via: 'engine' } as const };
  const sender = plugin.normalise(event.from);
  await db.inWorkspace(scope, async (tx) => {
    const id = await insertTrayItem(tx.em, tx.now, { ...place, ...item, itemId, channel: plugin.channel, event, reason, sender: sender.ok ? sender.address : event.from });
    if (id !== undefined) await hint(tx, { entity: 'unassigned', id });
  });
  return true;
}

/** What is known of a stored item besides its event. */
export interface StoredItem {
  receivedAt: string;
  files: TrayFile[];
}

/** @param em the system's */
export async function trayItemOf(em: EntityManager, itemId: string): Promise<StoredItem> {
  const [item] = await em.execute<{ receivedAt: string }[]>('select received_at as "receivedAt" from inbound_item where id = ?', [itemId]);
  const files = await em.execute<TrayFile[]>(
    `select filename, content_type as "contentType", length(bytes) as size from inbound_part where item_id = ? and role <> 'source' order by seq limit 100`,
    [itemId],
  );
  if (!item) throw new Error('An item that is routed is stored');
  return { receivedAt: item.receivedAt, files };
}

interface NewTrayItem extends TrayPlace, StoredItem {
  itemId: string;
  channel: string;
  event: InboundMessage;
  reason: string;
  sender: string;
}

/** @returns its id, or undefined when it was there already */
export async function insertTrayItem(em: EntityManager, now: Date, item: NewTrayItem): Promise<string | undefined> {
  const { event } = item;
  const rows = await em.execute<{ id: string }[]>(
    `insert into tray_item (id, workspace_id, created_at, item_id, channel, sender, recipient, subject, text, files, received_at, reason, candidates, status)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?::jsonb, 'open') on conflict (item_id) do nothing returning id`,
    [
      newId(), item.workspaceId, now, item.itemId, item.channel, cleanText(item.sender.trim()) || null, cleanText(event.envelopeTo ?? event.to),
      event.subject === undefined ? null : withoutLinks(cleanText(event.subject)), withoutLinks(cleanText(event.text)), cleanJson(item.files), item.receivedAt, item.reason,
      JSON.stringify(item.candidates),
    ],
  );
  return rows[0]?.id;
}

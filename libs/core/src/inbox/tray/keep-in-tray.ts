import type { ChannelPlugin, InboundMessage } from '@sevenfold/plugin-sdk';
import { newId } from '@sevenfold/platform/ids';
import type { EntityManager } from '@mikro-orm/postgresql';
import { cleanJson, cleanText } from '../../db/clean-text.js';
import type { Database } from '../../db/database.js';
import type { Tx } from '../../db/tx.js';
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
  /** The operator knows whose it is. */
  workspaceId?: string;
}

/**
 * Shows a message without an owner to the one workspace it can be for, once. What machines write is nobody's to answer and is not shown.
 * @returns false when nobody can tell which workspace it is for
 */
export async function keepInTray(
  { system, db }: { system: SystemDatabase; db: Database },
  plugin: ChannelPlugin,
  { itemId, event, reason, people = [], workspaceId }: Ownerless,
): Promise<boolean> {
  if (event.automatic === true) return false;
  const found = await system.transaction(async (em) => {
    const place = workspaceId === undefined ? await workspaceFor(em, db.services.keyRing, plugin, event, people) : { workspaceId, candidates: [] };
    return place && { place, ...(await itemOf(em, itemId)) };
  });
  if (!found) return false;
  const scope = { workspaceId: found.place.workspaceId, actor: { kind: 'system', via: 'engine' } as const };
  await db.inWorkspace(scope, (tx) => insert(tx, plugin, { itemId, event, reason }, found));
  return true;
}

interface Found {
  place: TrayPlace;
  receivedAt: string;
  files: TrayFile[];
}

async function itemOf(em: EntityManager, itemId: string): Promise<Omit<Found, 'place'>> {
  const [item] = await em.execute<{ receivedAt: string }[]>('select received_at as "receivedAt" from inbound_item where id = ?', [itemId]);
  const files = await em.execute<TrayFile[]>(
    `select filename, content_type as "contentType", length(bytes) as size from inbound_part where item_id = ? and role <> 'source' order by seq limit 100`,
    [itemId],
  );
  if (!item) throw new Error('An item that is routed is stored');
  return { receivedAt: item.receivedAt, files };
}

async function insert(tx: Tx, plugin: ChannelPlugin, { itemId, event, reason }: Ownerless, { place, receivedAt, files }: Found): Promise<void> {
  const sender = plugin.normalise(event.from);
  const id = newId();
  const rows = await tx.em.execute<{ id: string }[]>(
    `insert into tray_item (id, workspace_id, created_at, item_id, channel, sender, recipient, subject, text, files, received_at, reason, candidates, status)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?::jsonb, 'open') on conflict (item_id) do nothing returning id`,
    [
      id, tx.workspaceId, tx.now, itemId, plugin.channel, sender.ok ? sender.address : cleanText(event.from.trim()) || null, cleanText(event.envelopeTo ?? event.to),
      event.subject === undefined ? null : withoutLinks(cleanText(event.subject)), withoutLinks(cleanText(event.text)), cleanJson(files), receivedAt, reason,
      JSON.stringify(place.candidates),
    ],
  );
  if (rows.length > 0) await hint(tx, { entity: 'unassigned', id });
}

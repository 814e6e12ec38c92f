import { DomainError } from '@sevenfold/domain/errors';
import type { ChannelPlugin, InboundMessage } from '@sevenfold/plugin-sdk';
import { audit } from '../../audit/audit.js';
import { addContactPoint } from '../../creators/contact-points.js';
import { createCreator } from '../../creators/save-creator.js';
import { rawInstant } from '../../db/raw-instant.js';
import type { Database } from '../../db/database.js';
import type { Scope, Tx } from '../../db/tx.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { partsOf, type Part } from '../attachments/parts.js';
import type { OnInbound } from '../inbound/add-inbound.js';
import { confirmDelivery } from '../inbound/confirm-delivery.js';
import { enterMessage } from '../inbound/enter-message.js';
import { markRouted } from '../inbound/inbound-item.js';
import { readStoredEvent } from '../inbound/stored-event.js';
import { enterEarlier } from '../threads/enter-earlier.js';
import { getMessage } from '../threads/list-messages.js';
import type { MessageView } from '../threads/message-view.js';
import { addressedAs } from './addressed-as.js';
import { closeTrayItem, openTrayItem } from './tray-state.js';

export interface TrayParts {
  system: SystemDatabase;
  db: Database;
  /** Hears of it as of every message of a creator. */
  onInbound?: OnInbound;
}

/** Whose it is: a creator there is, or one who is made of it. */
export type Assignee = { creatorId: string; rememberAddress?: boolean | undefined } | { newCreator: { name: string } };

/**
 * Enters a message of the tray in a creator's thread, as of when it came in, with its files. May be cut off anywhere and repeated.
 * @throws DomainError `not_found` for the item or the creator; `wrong_state` when somebody has decided already; `invalid_fields` for an address
 *   that cannot be remembered
 */
export async function assignUnassigned(parts: TrayParts, scope: Scope, id: string, assignee: Assignee): Promise<MessageView> {
  const { system, db } = parts;
  const { itemId, channel } = await db.inWorkspace(scope, (tx) => openTrayItem(tx, id));
  const plugin = db.services.plugins.channel(channel);
  if (!plugin) throw new DomainError('unavailable', { channel }, 'This channel is not configured any more');
  const { event, files } = await load(system, itemId);
  const messageId = await db.inWorkspace(scope, (tx) => enter(tx, parts, id, { plugin, event, files, assignee }));
  await db.inWorkspace(scope, (tx) => confirmDelivery(tx, channel, messageId, event));
  await markRouted(system, itemId, { workspaceId: scope.workspaceId, messageId, became: true });
  return db.inWorkspace(scope, (tx) => getMessage(tx, messageId));
}

async function load(system: SystemDatabase, itemId: string): Promise<{ event: InboundMessage; files: Part[] }> {
  return system.transaction(async (em) => {
    const [item] = await em.execute<{ event: unknown }[]>('select event from inbound_item where id = ?', [itemId]);
    if (!item) throw new DomainError('not_found', { entity: 'unassigned' });
    const event = readStoredEvent(item.event);
    if (event.kind !== 'message') throw new Error('Only messages are in the tray');
    return { event, files: await partsOf(em, itemId) };
  });
}

interface Entering {
  plugin: ChannelPlugin;
  event: InboundMessage;
  files: readonly Part[];
  assignee: Assignee;
}

async function enter(tx: Tx, { onInbound }: TrayParts, id: string, { plugin, event, files, assignee }: Entering): Promise<string> {
  const { itemId, sender, receivedAt } = await openTrayItem(tx, id);
  const creatorId = await creatorOf(tx, assignee, plugin.channel, sender);
  const messageId = await enterMessage(tx, plugin, { creatorId, event, files }, onInbound);
  if (messageId === null) throw new DomainError('not_found', { entity: 'message' });
  await enterEarlier(tx, messageId, rawInstant(receivedAt));
  await closeTrayItem(tx, itemId, { messageId, memberId: memberOf(tx) });
  audit(tx, { action: 'unassigned.assigned', entity: 'unassigned', entityId: id, data: { creatorId, messageId } });
  await tx.em.flush();
  return messageId;
}

async function creatorOf(tx: Tx, assignee: Assignee, channel: string, sender: string | null): Promise<string> {
  const address = sender === null ? [] : [{ channel, address: sender }];
  if ('newCreator' in assignee) {
    const usable = address.filter((point) => addressedAs(tx, point) !== null);
    const { id } = await createCreator(tx, { name: assignee.newCreator.name, contactPoints: usable });
    return id;
  }
  const [creator] = await tx.em.execute<{ id: string }[]>('select id from creator where id = ? and erased_at is null', [assignee.creatorId]);
  if (!creator) throw new DomainError('not_found', { entity: 'creator' });
  if (assignee.rememberAddress === true) {
    const [point] = address;
    if (!point) throw new DomainError('invalid_fields', { fields: [{ path: 'rememberAddress', message: 'This message names no address' }] });
    await addContactPoint(tx, creator.id, point);
  }
  return creator.id;
}

const memberOf = (tx: Tx): string | null => (tx.actor.kind === 'member' ? tx.actor.memberId : null);

import type { ChannelPlugin, InboundConsent, InboundEvent, InboundMessage, InboundStatus } from '@sevenfold/plugin-sdk';
import type { Database } from '../../db/database.js';
import type { Scope } from '../../db/tx.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { partsOf } from '../attachments/parts.js';
import type { OnInbound } from './add-inbound.js';
import { applyStatus } from './apply-status.js';
import { confirmDelivery } from './confirm-delivery.js';
import { enterMessage } from './enter-message.js';
import { findCreator, findDelivery } from './find-owner.js';
import { hearConsent } from './hear-consent.js';
import { closeTrayItem, placeInTray, trayOutcome } from '../tray/tray-state.js';
import { keepInTray, type Ownerless } from '../tray/keep-in-tray.js';
import { leaveInTray, markRouted, type UnroutedItem } from './inbound-item.js';
import { readStoredEvent } from './stored-event.js';

export interface RouteParts {
  system: SystemDatabase;
  db: Database;
  /** Hears of every message of a creator, in its transaction. */
  onInbound?: OnInbound;
}

/** Where an event went, or why nowhere. `became`: it is that message now, and not only about it. */
type Destination = { workspaceId: string | null; messageId: string | null; became: boolean } | { problem: string };

/**
 * Brings one stored item to its owner. May be cut off anywhere and repeated: in the workspace everything is entered
 * once by its provider key.
 * @returns false when it stays in the tray
 */
export async function routeItem(parts: RouteParts, item: UnroutedItem): Promise<boolean> {
  const plugin = parts.db.services.plugins.channel(item.channel);
  const event = readStoredEvent(item.event);
  const destination = plugin ? await deliver(parts, plugin, item.id, event) : { problem: 'channel_closed' };
  if ('problem' in destination) {
    await leaveInTray(parts.system, item.id, destination.problem);
    return false;
  }
  await markRouted(parts.system, item.id, destination);
  return true;
}

function deliver(parts: RouteParts, plugin: ChannelPlugin, itemId: string, event: InboundEvent): Promise<Destination> {
  switch (event.kind) {
    case 'status':
      return status(parts, plugin, event);
    case 'message':
      return message(parts, plugin, itemId, event);
    case 'opt-out':
    case 'opt-in':
      return consent(parts, plugin, event);
  }
}

async function status({ system, db }: RouteParts, plugin: ChannelPlugin, event: InboundStatus): Promise<Destination> {
  const found = await findDelivery(system, plugin.channel, event);
  if (!found) return { problem: 'unknown_message' };
  const { workspaceId, deliveryId, messageId } = found;
  await db.inWorkspace({ workspaceId, actor: { kind: 'system', via: 'engine' } }, (tx) => applyStatus(tx, deliveryId, messageId, event));
  return { workspaceId, messageId, became: false };
}

async function message(parts: RouteParts, plugin: ChannelPlugin, itemId: string, event: InboundMessage): Promise<Destination> {
  const { system, db, onInbound } = parts;
  if (event.problem !== undefined) return ownerless(parts, plugin, { itemId, event, reason: event.problem });
  const found = await findCreator(system, db.services.keyRing, plugin, event, normalised(plugin, event.from));
  if ('undecided' in found) {
    const people = found.undecided;
    return ownerless(parts, plugin, { itemId, event, reason: people.length === 0 ? 'unknown_sender' : 'several_creators', people });
  }
  const { workspaceId, creatorId } = found.owner;
  const files = await system.transaction((em) => partsOf(em, itemId));
  const scope: Scope = { workspaceId, actor: { kind: 'system', via: 'engine' } };
  const messageId = await db.inWorkspace(scope, async (tx) => {
    // Somebody of the team may have decided meanwhile.
    const decided = await trayOutcome(tx, itemId);
    if (decided) return decided.messageId;
    const entered = await enterMessage(tx, plugin, { creatorId, event, files }, onInbound);
    await closeTrayItem(tx, itemId, { messageId: entered });
    return entered;
  });
  // Apart, because it locks another message, and the thread is locked by now.
  if (messageId !== null) await db.inWorkspace(scope, (tx) => confirmDelivery(tx, plugin.channel, messageId, event));
  return { workspaceId, messageId, became: true };
}

/** Nobody's: shown to the workspace it can be for, and looked at again for a while. */
async function ownerless(parts: RouteParts, plugin: ChannelPlugin, what: Ownerless): Promise<Destination> {
  const place = await placeInTray(parts.system, what.itemId);
  if (place && place.status !== 'open') return { workspaceId: place.workspaceId, messageId: place.messageId, became: place.status === 'assigned' };
  if (!place) await keepInTray(parts, plugin, what);
  return { problem: what.reason };
}

async function consent(parts: RouteParts, plugin: ChannelPlugin, event: InboundConsent): Promise<Destination> {
  const hearing = { from: normalised(plugin, event.from), sender: event.sender ?? senderOf(plugin, event.to) };
  return { workspaceId: await hearConsent(parts, plugin, event, hearing), messageId: null, became: false };
}

function normalised(plugin: ChannelPlugin, address: string): string {
  const result = plugin.normalise(address);
  return result.ok ? result.address : address.trim();
}

/** The ledger's sender: a STOP to one number of ours must not silence another. */
function senderOf(plugin: ChannelPlugin, to: string): string {
  const [ours, theirs] = [plugin.normalise(plugin.sender), plugin.normalise(to)];
  return ours.ok && theirs.ok && ours.address !== theirs.address ? theirs.address : plugin.sender;
}

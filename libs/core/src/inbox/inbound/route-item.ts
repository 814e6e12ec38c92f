import type { ChannelPlugin, InboundConsent, InboundEvent, InboundMessage, InboundStatus } from '@sevenfold/plugin-sdk';
import type { Database } from '../../db/database.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { resumeNewsletter } from '../consent/newsletter-word.js';
import { recordConsent } from '../consent/record-consent.js';
import { addInbound, type OnInbound } from './add-inbound.js';
import { applyStatus } from './apply-status.js';
import { findDelivery, findPeople } from './find-owner.js';
import { leaveInTray, markRouted, type UnroutedItem } from './inbound-item.js';
import { readStoredEvent } from './stored-event.js';

export interface RouteParts {
  system: SystemDatabase;
  db: Database;
  /** Hears of every message of a creator, in its transaction. */
  onInbound?: OnInbound;
}

/** Where an event went, or why nowhere. */
type Destination = { workspaceId: string } | { problem: string };

/**
 * Brings one stored item to its owner. May be cut off anywhere and repeated: in the workspace everything is entered
 * once by its provider key.
 * @returns false when it stays in the tray
 */
export async function routeItem(parts: RouteParts, item: UnroutedItem): Promise<boolean> {
  const plugin = parts.db.services.plugins.channel(item.channel);
  const event = readStoredEvent(item.event);
  const destination = plugin ? await deliver(parts, plugin, event) : { problem: 'channel_closed' };
  if ('problem' in destination) {
    await leaveInTray(parts.system, item.id, destination.problem);
    return false;
  }
  await markRouted(parts.system, item.id, destination.workspaceId);
  return true;
}

function deliver(parts: RouteParts, plugin: ChannelPlugin, event: InboundEvent): Promise<Destination> {
  switch (event.kind) {
    case 'status':
      return status(parts, plugin, event);
    case 'message':
      return message(parts, plugin, event);
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
  return { workspaceId };
}

async function message({ system, db, onInbound }: RouteParts, plugin: ChannelPlugin, event: InboundMessage): Promise<Destination> {
  const [person] = await findPeople(system, plugin.channel, normalised(plugin, event.from));
  if (!person?.current) return { problem: 'unknown_sender' };
  const { workspaceId, creatorId } = person;
  await db.inWorkspace({ workspaceId, actor: { kind: 'system', via: 'engine' } }, (tx) =>
    addInbound(
      tx,
      { creatorId, channel: plugin.channel, text: event.text, dedupeKey: `inbound:${plugin.channel}:${event.providerKey}` },
      onInbound,
    ),
  );
  return { workspaceId };
}

/** The word counts wherever the address is known: people forbid a sender, not a workspace. */
async function consent({ system, db }: RouteParts, plugin: ChannelPlugin, event: InboundConsent): Promise<Destination> {
  const people = await findPeople(system, plugin.channel, normalised(plugin, event.from));
  const [first] = people;
  if (!first) return { problem: 'unknown_sender' };
  const sender = senderOf(plugin, event.to);
  const hashes = new Map(people.map((each) => [each.workspaceId, each.addressHash]));
  for (const [workspaceId, addressHash] of hashes) {
    await db.inWorkspace({ workspaceId, actor: { kind: 'system', via: 'engine' } }, async (tx) => {
      await recordConsent(tx, {
        channel: plugin.channel, sender, addressHash, state: event.kind === 'opt-out' ? 'out' : 'in', source: 'reply', at: event.at,
      });
      if (event.kind === 'opt-in') await resumeNewsletter(tx, plugin.channel, addressHash);
    });
  }
  return { workspaceId: first.workspaceId };
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

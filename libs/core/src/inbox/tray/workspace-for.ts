import type { EntityManager } from '@mikro-orm/postgresql';
import type { KeyRing } from '@sevenfold/platform/crypto';
import type { ChannelPlugin, InboundMessage } from '@sevenfold/plugin-sdk';
import { referencesOf, type FoundPerson } from '../inbound/find-owner.js';
import { findReferredAnywhere } from '../inbound/find-referred.js';
import { openReplyAddress } from '../reply-address/reply-address.js';

/** Whose tray an item goes to, and which creators it may be from. */
export interface TrayPlace {
  workspaceId: string;
  candidates: string[];
}

/**
 * The one workspace that may see a message nobody owns. There must be proof: it came to an address of that workspace, answers a
 * message of it, or is from somebody only it knows; or there is no other workspace. Without proof nobody sees it but the operator.
 * @param em of a transaction as `system`
 * @param people those the sender's address belongs to, when it is several and nobody can tell whose message it is
 */
export async function workspaceFor(
  em: EntityManager,
  keyRing: KeyRing,
  plugin: ChannelPlugin,
  event: InboundMessage,
  people: readonly FoundPerson[],
): Promise<TrayPlace | null> {
  const candidatesIn = (workspaceId: string): string[] => people.filter((each) => each.workspaceId === workspaceId).map(({ creatorId }) => creatorId);
  const own = (await bySignedAddress(em, keyRing, plugin, event)) ?? (await byRoute(em, plugin, event));
  if (own !== null) return { workspaceId: own, candidates: candidatesIn(own) };
  const referred = await findReferredAnywhere(em, plugin.channel, referencesOf(event));
  if (referred) return { workspaceId: referred.workspaceId, candidates: [...new Set([referred.creatorId, ...candidatesIn(referred.workspaceId)])] };
  const known = [...new Set(people.map(({ workspaceId }) => workspaceId))];
  const only = known.length === 1 ? known[0] : known.length === 0 ? await onlyWorkspace(em) : undefined;
  return only === undefined ? null : { workspaceId: only, candidates: candidatesIn(only) };
}

/** A signed address names its thread, also when that one's creator is gone. */
async function bySignedAddress(em: EntityManager, keyRing: KeyRing, plugin: ChannelPlugin, { envelopeTo }: InboundMessage): Promise<string | null> {
  const { replyAddress } = plugin.traits;
  const threadId = replyAddress && envelopeTo !== undefined ? openReplyAddress(keyRing, replyAddress, envelopeTo) : null;
  if (threadId === null) return null;
  const [thread] = await em.execute<{ workspaceId: string }[]>('select workspace_id as "workspaceId" from thread where id = ?', [threadId]);
  return thread?.workspaceId ?? null;
}

/** Only the address that really received it counts, where the channel tells. */
async function byRoute(em: EntityManager, plugin: ChannelPlugin, event: InboundMessage): Promise<string | null> {
  const received = event.envelopeTo ?? event.to;
  const normal = plugin.normalise(received);
  const address = (normal.ok ? normal.address : received.trim()).toLowerCase();
  const [route] = await em.execute<{ workspaceId: string }[]>(
    'select target_workspace_id as "workspaceId" from tray_route where channel = ? and address in (?, ?) order by length(address) desc limit 1',
    [plugin.channel, address, `@${address.slice(address.lastIndexOf('@') + 1)}`],
  );
  return route?.workspaceId ?? null;
}

async function onlyWorkspace(em: EntityManager): Promise<string | undefined> {
  const all = await em.execute<{ id: string }[]>('select id from workspace limit 2');
  return all.length === 1 ? all[0]?.id : undefined;
}

import { newId } from '@sevenfold/platform/ids';
import type { InboundEvent } from '@sevenfold/plugin-sdk';
import { cleanJson, cleanText } from '../../db/clean-text.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { dropParts, storeParts } from '../attachments/parts.js';
import { splitEvent } from './stored-event.js';

/** A stored item that still has to find its owner. */
export interface UnroutedItem {
  id: string;
  channel: string;
  event: unknown;
}

/**
 * Stores what came in, each provider key once, with all its bytes, before anything is answered.
 * @returns the items of these keys that are not routed yet: the new ones, and those a crash left behind
 */
export async function storeInbound(
  system: SystemDatabase,
  channel: string,
  events: readonly InboundEvent[],
): Promise<UnroutedItem[]> {
  if (events.length === 0) return [];
  const split = events.map((event) => ({ id: newId(), key: cleanText(event.providerKey), ...splitEvent(event) }));
  return system.transaction(async (em, now) => {
    const stored = await em.execute<{ id: string }[]>(
      `insert into inbound_item (id, channel, provider_key, event, received_at)
       select r.id, ?, r.key, r.event, ? from json_to_recordset(?::json) as r(id uuid, key text, event jsonb)
       on conflict (channel, provider_key) do nothing returning id`,
      [channel, now, cleanJson(split.map(({ id, key, event }) => ({ id, key, event })))],
    );
    for (const { id, parts } of split) if (stored.some((row) => row.id === id)) await storeParts(em, now, id, parts);
    return em.execute<UnroutedItem[]>(
      `select id, channel, event from inbound_item
        where channel = ? and provider_key in (?) and routed_at is null order by received_at, id`,
      [channel, split.map(({ key }) => key)],
    );
  });
}

/** Ids of items that have found no owner since `since`: first those nobody has looked at yet, then the newest. */
export function unroutedSince(system: SystemDatabase, since: (now: Date) => Date, limit: number): Promise<{ id: string }[]> {
  return system.transaction((em, now) =>
    em.execute<{ id: string }[]>(
      `select id from inbound_item
        where routed_at is null and received_at > ?
        order by problem is not null, case when problem is null then received_at end, received_at desc, id limit ?`,
      [since(now), limit],
    ),
  );
}

/** One of them with its words, which may be many; undefined when somebody else was faster. */
export async function unroutedItem(system: SystemDatabase, id: string): Promise<UnroutedItem | undefined> {
  const [item] = await system.transaction((em) =>
    em.execute<UnroutedItem[]>('select id, channel, event from inbound_item where id = ? and routed_at is null', [id]),
  );
  return item;
}

/**
 * Remembers where an item went.
 * @param messageId the message it became, whose its bytes are now, or the one it is about
 */
export async function markRouted(
  system: SystemDatabase,
  id: string,
  { workspaceId, messageId, became }: { workspaceId: string | null; messageId: string | null; became: boolean },
): Promise<void> {
  await system.transaction(async (em, now) => {
    await em.execute(
      'update inbound_item set routed_at = ?, routed_workspace_id = ?, routed_message_id = ?, problem = null where id = ?',
      [now, workspaceId, messageId, id],
    );
    if (became) await dropParts(em, id);
  });
}

/** Takes back that nobody is to look for its owner: what was dismissed was not meant to be. Nothing when it has become a message meanwhile. */
export async function markUnrouted(system: SystemDatabase, id: string): Promise<void> {
  await system.transaction((em) =>
    em.execute(`update inbound_item set routed_at = null, routed_workspace_id = null, problem = coalesce(problem, 'restored') where id = ? and routed_message_id is null`, [id]));
}

/** Leaves an item in the tray, with the reason. */
export async function leaveInTray(system: SystemDatabase, id: string, problem: string): Promise<void> {
  await system.transaction((em) => em.execute('update inbound_item set problem = ? where id = ?', [problem, id]));
}

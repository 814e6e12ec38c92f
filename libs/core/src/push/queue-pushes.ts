import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';
import { scheduleDueMany } from '../engine/due.js';
import { notBeforeFor } from '../inbox/quiet-hours/not-before.js';
import { presentCreators } from '../live/presence.js';

/** A message that is in its creator's app. */
export interface AppMessage {
  messageId: string;
  creatorId: string;
  ignoreQuietHours: boolean;
}

/** Who looks right now has this long to read before their device is called after all: the page may be open in the background. */
const graceMs = 60_000;

/** Has the devices of these messages' creators called, at once or when it is day there. */
export async function queuePushes(tx: Tx, messages: readonly AppMessage[], options: { quiet?: boolean } = {}): Promise<void> {
  if (!tx.services.push || messages.length === 0) return;
  const devices = await tx.em.execute<{ id: string; creatorId: string }[]>(
    'select id, creator_id as "creatorId" from push_subscription where creator_id in (?)',
    [[...new Set(messages.map(({ creatorId }) => creatorId))]],
  );
  const calls = messages.flatMap((message) =>
    devices.filter(({ creatorId }) => creatorId === message.creatorId).map(({ id }) => ({ id: newId(), subscriptionId: id, ...message })),
  );
  if (calls.length === 0) return;
  const present = await presentCreators(tx, calls.map(({ creatorId }) => creatorId));
  const notBefore = await notBeforeFor(tx, calls.map((call) => ({ ...call, disturbs: true })));
  const made = await tx.em.execute<{ id: string }[]>(
    `insert into push (id, workspace_id, created_at, message_id, subscription_id)
     select r.id, ?, ?, r."messageId", r."subscriptionId" from json_to_recordset(?::json) as r(id uuid, "messageId" uuid, "subscriptionId" uuid)
     on conflict (message_id, subscription_id) do nothing returning id`,
    [tx.workspaceId, tx.now, JSON.stringify(calls)],
  );
  const fresh = new Set(made.map(({ id }) => id));
  await scheduleDueMany(tx, calls.flatMap(({ id, creatorId }, index) => {
    if (!fresh.has(id)) return [];
    const soonest = tx.now.getTime() + (present.has(creatorId) ? graceMs : 0);
    const dueAt = new Date(Math.max(soonest, notBefore[index]?.getTime() ?? 0));
    return [{ kind: 'push.send' as const, refId: id, dedupeKey: `push:${id}`, dueAt }];
  }), options);
}

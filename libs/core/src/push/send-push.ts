import type { PushCall, PushOutcome, PushTarget } from '@sevenfold/platform/web-push';
import type { Database } from '../db/database.js';
import { rawInstant } from '../db/raw-instant.js';
import type { Scope, Tx } from '../db/tx.js';
import { backoff } from '../engine/backoff.js';
import { scheduleDue } from '../engine/due.js';
import type { DueCall, DueStep } from '../engine/sweeper/due-handlers.js';
import { preview } from '../inbox/preview.js';
import { notBeforeFor } from '../inbox/quiet-hours/not-before.js';
import { messagingSettings } from '../workspaces/messaging-settings.js';
import { openSubscription } from './subscriptions.js';

/** Longer than one call takes: until then nobody else makes it, and afterwards whoever did is dead. */
const leaseMs = 30_000;

/** A message nobody was told of for so long is old news, in ms. */
const longestMs = 24 * 3_600_000;

interface Row {
  messageId: string;
  subscriptionId: string;
  creatorId: string;
  status: string;
  messageStatus: string;
  automatic: boolean;
  ignoreQuietHours: boolean;
  text: string;
  createdAt: string;
  attempts: number;
  retryAt: string | null;
}

/** Calls one device about one message. Called twice (a process died in between), the device shows one notification: both carry the message's name. */
export const sendPush: DueStep = {
  async outside(db: Database, scope: Scope, call: DueCall) {
    const { push } = db.services;
    if (!push) return;
    const ready = await db.inWorkspace(scope, (tx) => prepare(tx, call.refId));
    if (!ready) return;
    const outcome = await push.send(ready.target, ready.call);
    await db.inWorkspace(scope, (tx) => record(tx, call.refId, outcome));
  },

  /** Comes again when the service, or the night, asks for it. */
  async inside(tx: Tx, call: DueCall) {
    const row = await load(tx, call.refId);
    if (!row) return 'gone';
    if (row.status !== 'waiting') return row.status;
    const dueAt = row.retryAt === null ? tx.now : rawInstant(row.retryAt);
    if (row.retryAt === null && !tx.services.push) return finish(tx, call.refId, 'failed', 'not_set_up');
    if (dueAt.getTime() - rawInstant(row.createdAt).getTime() > longestMs) return finish(tx, call.refId, 'failed', 'gave_up');
    await scheduleDue(tx, { kind: 'push.send', refId: call.refId, dedupeKey: `push:${call.refId}:${dueAt.toISOString()}:${row.attempts}`, dueAt });
    return 'later';
  },
};

async function prepare(tx: Tx, pushId: string): Promise<{ target: PushTarget; call: PushCall } | null> {
  const row = await load(tx, pushId);
  if (!row || row.status !== 'waiting') return null;
  if (row.retryAt !== null && rawInstant(row.retryAt) > tx.now) return null;
  if (row.messageStatus === 'read') return skip(tx, pushId, 'read');
  const open = await openSubscription(tx, row.subscriptionId);
  if (!open) return skip(tx, pushId, 'gone');
  const [until] = await notBeforeFor(tx, [{ creatorId: row.creatorId, disturbs: true, ignoreQuietHours: row.ignoreQuietHours }]);
  if (until) {
    await tx.em.execute('update push set retry_at = ? where id = ?', [until, pushId]);
    return null;
  }
  await tx.em.execute('update push set retry_at = ? where id = ?', [new Date(tx.now.getTime() + leaseMs), pushId]);
  return { target: open.target, call: await wording(tx, row) };
}

/** Says that there is a message and from whom; what it says only where the workspace wants that. */
async function wording(tx: Tx, row: Row): Promise<PushCall> {
  const { workspace, pushShowsText, fallThroughHours } = await messagingSettings(tx);
  const payload = { title: `New message from ${workspace}`, ...(pushShowsText && { body: preview(row.text) }), tag: row.messageId };
  return {
    payload: JSON.stringify(payload),
    // After that a mail says it.
    ttlSeconds: Math.round(Math.min(fallThroughHours ?? 24, 24) * 3_600),
    urgency: row.automatic ? 'normal' : 'high',
    topic: row.messageId.replaceAll('-', ''),
  };
}

async function record(tx: Tx, pushId: string, outcome: PushOutcome): Promise<void> {
  const row = await load(tx, pushId);
  if (!row || row.status !== 'waiting') return;
  switch (outcome.outcome) {
    case 'sent':
      await tx.em.execute('update push_subscription set last_sent_at = ? where id = ?', [tx.now, row.subscriptionId]);
      return void (await finish(tx, pushId, 'sent', null));
    case 'gone':
      await tx.em.execute('delete from push_subscription where id = ?', [row.subscriptionId]);
      return void (await finish(tx, pushId, 'failed', 'gone'));
    case 'refused':
      return void (await finish(tx, pushId, 'failed', String(outcome.status)));
    case 'later': {
      const wait = outcome.retryAfterMs ?? backoff(row.attempts + 1, 10_000, 3_600_000);
      await tx.em.execute('update push set attempts = attempts + 1, code = ?, retry_at = ? where id = ?', [
        outcome.status === null ? 'network' : String(outcome.status), new Date(tx.now.getTime() + wait), pushId,
      ]);
    }
  }
}

async function load(tx: Tx, pushId: string): Promise<Row | undefined> {
  const [row] = await tx.em.execute<Row[]>(
    `select p.message_id as "messageId", p.subscription_id as "subscriptionId", m.creator_id as "creatorId", p.status, m.status as "messageStatus",
            m.automatic, m.ignore_quiet_hours as "ignoreQuietHours", m.text, p.created_at as "createdAt", p.attempts, p.retry_at as "retryAt"
       from push p join message m on m.id = p.message_id where p.id = ? for no key update of p`,
    [pushId],
  );
  return row;
}

async function skip(tx: Tx, pushId: string, why: string): Promise<null> {
  await finish(tx, pushId, 'skipped', why);
  return null;
}

async function finish(tx: Tx, pushId: string, status: 'sent' | 'skipped' | 'failed', code: string | null): Promise<string> {
  await tx.em.execute('update push set status = ?, code = ?, done_at = ?, retry_at = null where id = ?', [status, code, tx.now, pushId]);
  return status;
}

import type { Database } from '../../db/database.js';
import type { Scope } from '../../db/tx.js';
import { sendBy, type Carrier } from '../../mailboxes/carrier.js';
import { beginAttempt } from './begin-attempt.js';
import { gateOf, type Pass } from './gate.js';
import { handOver } from './hand-over.js';
import { markEnded } from './mark.js';

/** One message's sender is one at a time, so what carries its name and is still claimed belongs to a dead one. */
const claimedBy = 'one';

/**
 * How long to stand in line for a slow channel before coming back later, in ms: whoever waits holds a place of the
 * worker, which the campaigns need too.
 */
const inLineMs = 5_000;
const comeBackMs = 5_000;

export interface SendOneOptions {
  /** Aborted at shutdown: an attempt under way ends as the plugin can tell. */
  signal?: AbortSignal;
}

/** Nothing more to do, or come again after a while. */
export type SendResult = { done: true } | { done: false; retryAfterMs: number };

/**
 * Brings a message as far as it goes now: claim, one attempt, mark, each checkpoint a transaction of its own, and on to
 * the next channel after a failure for good. Call again after `retryAfterMs`; calling too often sends nothing twice.
 */
export async function sendOne(
  db: Database,
  { workspaceId, messageId }: { workspaceId: string; messageId: string },
  { signal }: SendOneOptions = {},
): Promise<SendResult> {
  const scope: Scope = { workspaceId, actor: { kind: 'system', via: 'engine' } };
  const inside = new Map<string, Pass>();
  const gate = (channel: string, carrier: Carrier | null) => {
    const plugin = db.services.plugins.channel(channel);
    return plugin && gateOf(plugin, db, workspaceId, carrier?.id);
  };
  const isFree = (channel: string, carrier: Carrier | null): boolean => {
    const door = gate(channel, carrier);
    const place = placeOf(channel, carrier);
    if (inside.has(place) || !door) return true; // a channel that is gone is refused by the claim
    const pass = door.tryEnter({ urgent: true });
    if (pass) inside.set(place, pass);
    return pass !== undefined;
  };
  /** Who has handed nothing over gives its place in line back. */
  const leaveAll = (): void => {
    for (const pass of inside.values()) pass.giveBack();
    inside.clear();
  };
  try {
    for (;;) {
      if (signal?.aborted) return { done: false, retryAfterMs: 0 };
      const step = await db.inWorkspace(scope, (tx) => beginAttempt(tx, messageId, claimedBy, isFree));
      if (step.do === 'nothing') return { done: true };
      if (step.do === 'wait') return { done: false, retryAfterMs: step.ms };
      if (step.do === 'again') continue;
      if (step.do === 'queue') {
        const patience = AbortSignal.timeout(inLineMs);
        const within = signal ? AbortSignal.any([signal, patience]) : patience;
        const [pass] = (await gate(step.channel, step.carrier)?.enter(1, { signal: within, urgent: true })) ?? [];
        if (!pass) return { done: false, retryAfterMs: comeBackMs };
        inside.set(placeOf(step.channel, step.carrier), pass);
        continue;
      }
      const { attempt } = step;
      const plugin = db.services.plugins.channel(attempt.channel);
      if (!plugin) throw new Error(`The channel ${attempt.channel} was claimed for, yet is not loaded`);
      const sender = attempt.carrier ? sendBy(db, scope, attempt.channel, attempt.carrier) : plugin;
      const outcome = await handOver(sender, attempt, { shutdown: signal, pass: inside.get(placeOf(attempt.channel, attempt.carrier)) });
      leaveAll();
      const [mark] = await db.inWorkspace(scope, (tx) => markEnded(tx, [{ attempt, outcome }]));
      if (mark?.failedOver) continue;
      return mark?.retryAfterMs == null ? { done: true } : { done: false, retryAfterMs: mark.retryAfterMs };
    }
  } finally {
    leaveAll();
  }
}

/** Each mailbox has a line of its own. */
const placeOf = (channel: string, carrier: Carrier | null): string => (carrier ? `${channel} ${carrier.id}` : channel);

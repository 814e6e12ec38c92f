import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { createDraft, sendBroadcast } from '@sevenfold/core/broadcasts';
import { connect, Database } from '@sevenfold/core/db';
import { systemClock } from '@sevenfold/platform/clock';
import { KeyRing } from '@sevenfold/platform/crypto';
import { createRegistry } from '@sevenfold/plugin-sdk';
import { texts } from './texts.mjs';

const main = join(import.meta.dirname, '../../apps/worker/dist/bundle/main.js');

/**
 * The whole worker with its engine: killed in the middle of a broadcast and started again at once, as a supervisor does. Says
 * what was lost, repeated and unknown, when it went on, and how long the history of any run became.
 */
export async function measurePlug(place, { count }) {
  await place.fill('Plugged', count);
  await place.sink.clear();
  let worker = startWorker(place.env);
  const services = { keyRing: KeyRing.parse(place.env.KEY_RING), plugins: createRegistry([], []), publicUrl: 'http://localhost' };
  const db = new Database(await connect(place.env.DATABASE_URL, 2), systemClock, services);
  const scope = { workspaceId: place.workspaceId, actor: { kind: 'system', via: 'setup' } };
  const broadcastId = await db.inWorkspace(scope, async (tx) => {
    const draft = { name: `Plugged ${randomUUID()}`, recipients: { filter: { q: 'Plugged' } }, texts, campaignId: null, channel: null, purpose: 'notice', ratePerSecond: null };
    const made = await createDraft(tx, draft);
    await sendBroadcast(tx, made.broadcastId);
    return made.broadcastId;
  });
  try {
    await until(async () => (await place.sink.count()) >= count / 2);
    worker.kill('SIGKILL');
    const killedAt = performance.timeOrigin + performance.now();
    worker = startWorker(place.env);
    await until(async () => (await place.rows('select status from broadcast where id = $1', [broadcastId]))[0]?.status === 'done');
    const again = (await place.sink.times()).filter((at) => at > killedAt + 250).toSorted((a, b) => a - b)[0];
    const arrived = await place.sink.recipients();
    const [{ sent, unknown }] = await place.rows(
      `select count(*) filter (where status = 'sent')::int as sent, count(*) filter (where status = 'unknown')::int as unknown from message where broadcast_id = $1`, [broadcastId],
    );
    return {
      lost: count - sent - unknown, repeated: arrived.length - new Set(arrived).size, unknown, secondsAgain: (again - killedAt) / 1_000,
      events: await mostEvents(place.env.TEMPORAL_ADDRESS, `broadcast/${broadcastId}`),
    };
  } finally {
    worker.kill('SIGTERM');
    await db.close();
  }
}

const startWorker = (env) => spawn(process.execPath, [main], { env, stdio: 'ignore' });

async function mostEvents(address, workflowId) {
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection });
    let most = 0;
    for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) {
      const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      most = Math.max(most, events.length);
    }
    return most;
  } finally {
    await connection.close();
  }
}

async function until(condition, timeoutMs = 600_000) {
  const giveUpAt = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > giveUpAt) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

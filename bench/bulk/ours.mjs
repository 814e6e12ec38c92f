import { createDraft, sendBatch, sendBroadcast } from '@sevenfold/core/broadcasts';
import { connect, Database } from '@sevenfold/core/db';
import { createEmailChannel } from '@sevenfold/channel-email';
import { systemClock } from '@sevenfold/platform/clock';
import { KeyRing } from '@sevenfold/platform/crypto';
import { createRegistry } from '@sevenfold/plugin-sdk';
import { texts } from './texts.mjs';

/*
 * Our side: a broadcast to a group, sent by the batches of the worker, four side by side. The messages are written first
 * (`writeMs`), then claimed, sent and marked (`sendMs`, `cpuMicros`), or all of it at once (WHOLE=1).
 */
const { DATABASE_URL, KEY_RING, SMTP_URL, WORKSPACE: workspaceId, GROUP, SINGLE, WHOLE, RATE, BROADCAST, CONNECTIONS = '20' } = process.env;
const nothing = () => undefined;
const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const mail = createEmailChannel(
  { SMTP_URL, MAIL_FROM: { name: 'Bench', address: 'bench@sevenfold.test' }, SMTP_CONNECTIONS: Number(CONNECTIONS), SMTP_TIMEOUT_MS: 60_000 },
  { logger, clock: systemClock, publicUrl: 'http://localhost' },
);
const plugin = { ...mail, traits: { ...mail.traits, ...(SINGLE && { repeatCostsMoney: true }), ...(RATE && { ratePerSecond: Number(RATE) }) } };
const services = { keyRing: KeyRing.parse(KEY_RING), plugins: createRegistry([plugin], []), publicUrl: 'http://localhost' };
const db = new Database(await connect(DATABASE_URL, 20), systemClock, services);
const scope = { workspaceId, actor: { kind: 'system', via: 'setup' } };

const broadcastId = BROADCAST ?? (await db.inWorkspace(scope, async (tx) => {
  const draft = { name: GROUP, recipients: { filter: { q: GROUP } }, texts, campaignId: null, channel: null, purpose: 'notice', ratePerSecond: null };
  const made = await createDraft(tx, draft);
  await sendBroadcast(tx, made.broadcastId);
  return made.broadcastId;
}));

const lanes = async (signal) => {
  const lane = async (number) => {
    for (;;) {
      const batch = await sendBatch(db, { workspaceId, broadcastId, lane: number }, { signal });
      if (batch.done) return;
      if (batch.retryAfterMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(batch.retryAfterMs, 1_000)));
    }
  };
  // Lanes of two processes are different ones: one that comes again under the same name finds its own of before, dead.
  await Promise.all([0, 1, 2, 3].map((number) => lane(BROADCAST ? number + 4 : number)));
};

const writing = performance.now();
if (!WHOLE && !BROADCAST) await writeAll();
const writeMs = performance.now() - writing;
const began = performance.now();
const cpu = process.cpuUsage();
await lanes();
const sendMs = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
process.send({ broadcastId, writeMs, sendMs, cpuMicros: user + system, peakMb: process.resourceUsage().maxRSS / 1_024 });
await mail.close();
await db.close();
process.disconnect();

/** The messages of all chunks, as a batch writes those of its own. */
async function writeAll() {
  const { writeNextChunk } = await import('../../libs/core/dist/broadcasts/recipients/write-chunk.js');
  const write = async () => {
    while ((await db.inWorkspace(scope, (tx) => writeNextChunk(tx, broadcastId, null))) !== null);
  };
  await Promise.all([write(), write()]);
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode } from '@temporalio/worker';
import { workflowIds } from '@sevenfold/workflows';
import { freePort } from '@sevenfold/testing/util';
import { startParts } from '../startup/parts.mjs';
import { median } from '../statistics.mjs';
import { startMailServer } from './mail-server.mjs';
import { startProcess } from './processes.mjs';
import { startSender } from './sender.mjs';
import { profileOf, stepsOf } from './steps.mjs';

const root = join(import.meta.dirname, '../..');
const here = (file) => join(import.meta.dirname, file);
const warmUp = 10;
const most = 1.8;

/** One message from its row to the mail server, beside a workflow with one activity that does nothing, in turn on one engine. */
export async function measure({ rounds = 60, say }) {
  const parts = await startParts();
  const stack = new AsyncDisposableStack();
  stack.defer(() => parts.stop());
  try {
    const sides = await startSides(parts, stack);
    const samples = { ours: [], bare: [] };
    for (let round = -warmUp; round < rounds; round += 1) {
      for (const side of round % 2 === 0 ? ['ours', 'bare'] : ['bare', 'ours']) {
        const sample = await sides[side]();
        if (round >= 0) samples[side].push(sample);
      }
      if ((round + 1) % 20 === 0 && round > 0) say(`${round + 1} of ${rounds}`);
    }
    const rows = rowsOf(samples);
    return {
      table: `${tableOf(rows)}\n\nWhere the time of one message goes: ${profileOf(...[samples.ours, samples.bare].map((side) => side.map(({ steps }) => steps)))}.`,
      how: `Median of ${rounds} of each, one after the other and in turn, after ${warmUp} to warm up.`,
      missed: rows.some((row) => row.ratio > most),
    };
  } finally {
    await stack.disposeAsync();
  }
}

async function startSides(parts, stack) {
  const mail = await startMailServer();
  stack.defer(() => mail.close());
  const env = { ...parts.env, SMTP_URL: mail.url };
  const bundle = join(parts.folder, 'one-activity.js');
  await writeFile(bundle, (await bundleWorkflowCode({ workflowsPath: here('bare-workflow.mjs'), logger: quiet })).code);
  stack.defer(await startProcess(join(root, 'apps/worker/dist/bundle/main.js'), env, await freePort()));
  stack.defer(await startProcess(here('../startup/bare-worker.mjs'), { ...env, BUNDLE: bundle }, await freePort()));
  const sender = await startSender(parts);
  stack.defer(() => sender.close());
  const connection = await Connection.connect({ address: parts.env.TEMPORAL_ADDRESS });
  stack.defer(() => connection.close());
  const client = new Client({ connection });
  return {
    ours: async () => {
      const arrival = mail.next();
      const began = performance.now();
      const { messageId } = await sender.queue();
      const committed = performance.now();
      const arrived = await arrival;
      const handle = client.workflow.getHandle(workflowIds.message({ workspaceId: sender.workspaceId, messageId }));
      await handle.result();
      const ended = performance.now();
      return { arrived: arrived - began, ended: ended - began, steps: { queue: committed - began, ...stepsOf(await handle.fetchHistory()) } };
    },
    bare: async () => {
      const began = performance.now();
      const handle = await client.workflow.start('oneActivity', { taskQueue: 'bare', workflowId: randomUUID() });
      await handle.result();
      const took = performance.now() - began;
      return { arrived: took, ended: took, steps: stepsOf(await handle.fetchHistory()) };
    },
  };
}

function rowsOf({ ours, bare }) {
  const row = (what, against, pick) => {
    const [mine, other] = [median(ours.map(pick)), median(bare.map(pick))];
    return { what, against, mine, other, ratio: mine / other };
  };
  const bareEnd = 'started until its result is back';
  return [
    row('from its queueing until the mail server has it', bareEnd, (sample) => sample.arrived),
    row('from its queueing until it is marked and its workflow has ended', bareEnd, (sample) => sample.ended),
    row('its workflow alone, from start to end by the engine’s own clock', 'the same', (sample) => sample.steps.total),
  ];
}

const ms = (value) => `${value.toFixed(1)} ms`;

const tableOf = (rows) =>
  [
    '| One message | Sevenfold | One activity that does nothing | | Ratio | At most |',
    '|---|---|---|---|---|---|',
    ...rows.map(({ what, against, mine, other, ratio }) => `| ${what} | ${ms(mine)} | ${ms(other)} | ${against} | ${ratio.toFixed(2)} | ${most} |`),
  ].join('\n');

const nothing = () => undefined;
const quiet = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

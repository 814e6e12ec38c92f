import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { startParts } from './parts.mjs';
import { timeToReady } from './time-to-ready.mjs';

const root = join(import.meta.dirname, '../..');
const here = (file) => join(import.meta.dirname, file);
const app = (name) => join(root, 'apps', name, 'dist/bundle/main.js');

/** Which programs are timed, and the most that ours may take of the other's time. */
const pairs = [
  { what: 'worker', ours: app('worker'), bare: here('bare-worker.mjs'), against: 'a bare Temporal worker with its bundle built ahead', most: 1.5 },
  { what: 'API', ours: app('api'), bare: here('bare-nest.mjs'), against: 'a bare Nest application with MikroORM', most: 2 },
];

/**
 * Start-up times, both sides in turn, so that whatever slows the machine slows both.
 * @param rounds how often each is started; the median counts
 * @returns the table, how it was measured, and whether a target was missed
 */
export async function measure({ rounds = 7, say }) {
  const parts = await startParts();
  try {
    const bundle = join(parts.folder, 'bare-bundle.js');
    const { code } = await bundleWorkflowCode({ workflowsPath: here('bare-workflow.mjs'), logger: quiet });
    await writeFile(bundle, code);
    // `npm start` gives ours a compile cache; the bare ones are as anybody would start them.
    const cache = { NODE_COMPILE_CACHE: join(parts.folder, 'compile-cache') };
    const time = (file) => timeToReady({ file, port: parts.port, env: { ...parts.env, BUNDLE: bundle, ...(file.includes('bare-') ? {} : cache) } });
    const times = pairs.map(() => ({ ours: [], bare: [] }));
    // Once each for nothing: the first start reads everything from the disk.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [index, { ours, bare }] of pairs.entries()) {
        const [mine, other] = round % 2 === 0 ? [await time(ours), await time(bare)] : (await swapped(time, bare, ours));
        if (round === 0) continue;
        times[index].ours.push(mine);
        times[index].bare.push(other);
      }
      say(`round ${round} of ${rounds}`);
    }
    const rows = pairs.map(({ what, against, most }, index) => {
      const [ours, bare] = [median(times[index].ours), median(times[index].bare)];
      return { what, against, ours, bare, ratio: ours / bare, most };
    });
    return { table: tableOf(rows), how: `Median of ${rounds} starts of each, in turn.`, missed: rows.some(({ ratio, most }) => ratio > most) };
  } finally {
    await parts.stop();
  }
}

const ms = (value) => `${Math.round(value)} ms`;

function tableOf(rows) {
  return [
    '| Ready after its start | Sevenfold | Beside it | | Ratio | At most |',
    '|---|---|---|---|---|---|',
    ...rows.map(({ what, ours, bare, against, ratio, most }) => `| ${what} | ${ms(ours)} | ${ms(bare)} | ${against} | ${ratio.toFixed(2)} | ${most} |`),
  ].join('\n');
}

async function swapped(time, first, second) {
  const other = await time(first);
  return [await time(second), other];
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const nothing = () => undefined;
const quiet = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

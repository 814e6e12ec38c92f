import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { measureStartup } from './startup/measure.mjs';

/*
 * npm run bench: measures the product beside what it is built on, prints a table and writes it to docs/benchmarks.md.
 * Wants a build. ROUNDS is how often each side is started (7 unless told, 5 at least).
 */
const root = join(import.meta.dirname, '..');
if (!existsSync(join(root, 'apps/worker/dist/workflow-bundle.js'))) {
  console.error('There is no build. Run `npm run build` first.');
  process.exit(1);
}
const rounds = Math.max(5, Number(process.env.ROUNDS ?? 7));
const rows = await measureStartup({ rounds, say: (line) => console.log(`  ${line}`) });

const ms = (value) => `${Math.round(value)} ms`;
const table = [
  '| Ready after its start | Sevenfold | Beside it | | Ratio | At most |',
  '|---|---|---|---|---|---|',
  ...rows.map(({ what, ours, bare, against, ratio, most }) => `| ${what} | ${ms(ours)} | ${ms(bare)} | ${against} | ${ratio.toFixed(2)} | ${most} |`),
].join('\n');
const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()}, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`;
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).toString().trim();
const section = `${table}\n\nMedian of ${rounds} starts of each, in turn. ${machine}; commit ${commit}.`;
console.log(`\n${section}\n`);

const file = join(root, 'docs/benchmarks.md');
const [begin, end] = ['<!-- startup: written by npm run bench -->', '<!-- /startup -->'];
const page = await readFile(file, 'utf8');
await writeFile(file, `${page.slice(0, page.indexOf(begin) + begin.length)}\n${section}\n${page.slice(page.indexOf(end))}`);
if (rows.some(({ ratio, most }) => ratio > most)) {
  console.error('Slower than it may be.');
  process.exit(1);
}

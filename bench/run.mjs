import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { sections } from './sections.mjs';

/*
 * npm run bench [-- section …]: measures the product beside what it is built on, prints tables and writes them to
 * docs/benchmarks.md. Wants a build. ROUNDS is how often each side is measured (5 at least).
 */
const root = join(import.meta.dirname, '..');
if (!existsSync(join(root, 'apps/worker/dist/workflow-bundle.js'))) {
  console.error('There is no build. Run `npm run build` first.');
  process.exit(1);
}
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !sections.some((each) => each.name === name));
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(', ')}; there are: ${sections.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()}, Node ${process.versions.node}`;
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).toString().trim();
const file = join(root, 'docs/benchmarks.md');
let missed = false;

for (const { name, load } of sections.filter((each) => asked.length === 0 || asked.includes(each.name))) {
  console.log(`${name}`);
  const before = loadavg()[0];
  const { measure } = await load();
  const rounds = process.env.ROUNDS === undefined ? undefined : Math.max(5, Number(process.env.ROUNDS));
  // `table`: Markdown. `how`: what was repeated how often. `missed`: one of its targets.
  const result = await measure({ rounds, say: (line) => console.log(`  ${line}`) });
  const text = `${result.table}\n\n${result.how} ${machine}, load ${before.toFixed(1)} before; commit ${commit}.`;
  console.log(`\n${text}\n`);
  await write(name, text);
  missed ||= result.missed;
}
if (missed) {
  console.error('A target was missed.');
  process.exit(1);
}

async function write(name, text) {
  const [begin, end] = [`<!-- ${name}: written by npm run bench -->`, `<!-- /${name} -->`];
  const page = await readFile(file, 'utf8');
  if (!page.includes(begin)) throw new Error(`docs/benchmarks.md has no place for ${name}: ${begin} … ${end}`);
  await writeFile(file, `${page.slice(0, page.indexOf(begin) + begin.length)}\n${text}\n${page.slice(page.indexOf(end))}`);
}

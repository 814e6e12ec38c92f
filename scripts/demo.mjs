import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { handOver } from './lib/hand-over.mjs';
import { root } from './lib/paths.mjs';
import { fail } from './lib/progress.mjs';
import { StepFailed } from './lib/run.mjs';

/*
 * npm run demo
 * Plays a whole campaign over the REST API of the running product; starts the product first if none is running, and
 * ends it again afterwards; on a terminal once somebody has looked around and pressed Enter.
 */
const program = join(root, 'examples', 'demo', 'main.mjs');
const home = resolve(root, process.env.SEVENFOLD_HOME || '.sevenfold');

/** Where the product that runs from this checkout listens; API_URL names any other. */
function apiUrl() {
  if (process.env.API_URL) return process.env.API_URL;
  const note = existsSync(join(home, 'running.json')) ? JSON.parse(readFileSync(join(home, 'running.json'), 'utf8')) : undefined;
  return `http://127.0.0.1:${note?.api ?? process.env.API_PORT ?? 3000}`;
}

async function isUp() {
  return fetch(`${apiUrl()}/readyz?for=traffic`).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** Runs `npm start` beside us until it is up, and gives back the way to end it. */
async function startProduct() {
  const product = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], { cwd: root, stdio: 'inherit', detached: true });
  let ended = false;
  product.on('exit', () => (ended = true));
  const stop = async () => {
    if (!ended) product.kill('SIGTERM');
    while (!ended) await sleep(100);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop().then(() => process.exit(1)));
  // All three processes are up when the launcher has printed its table; the note beside it is written before.
  while (!ended && !(await isProductReady())) await sleep(300);
  if (ended) throw new StepFailed('the product did not start');
  return stop;
}

async function isProductReady() {
  const ports = [process.env.WORKER_HEALTH_PORT ?? 3002, process.env.SLACKBOT_HEALTH_PORT ?? 3003];
  const urls = [`${apiUrl()}/readyz?for=traffic`, ...ports.map((port) => `http://127.0.0.1:${port}/readyz?for=traffic`)];
  const answers = await Promise.all(
    urls.map((url) =>
      fetch(url).then(
        (answer) => answer.ok,
        () => false,
      ),
    ),
  );
  return answers.every(Boolean);
}

function token() {
  if (process.env.SEVENFOLD_BOOTSTRAP_TOKEN) return process.env.SEVENFOLD_BOOTSTRAP_TOKEN;
  const secrets = join(home, 'secrets.json');
  if (!existsSync(secrets))
    throw new StepFailed('there is no admin token', 'set SEVENFOLD_BOOTSTRAP_TOKEN to that of the product in API_URL');
  return JSON.parse(readFileSync(secrets, 'utf8')).SEVENFOLD_BOOTSTRAP_TOKEN;
}

/** What was started for the demo ends with it; who watches may look around first. */
async function farewell() {
  console.log('\nThe product was started for this demo. Its data stay: npm start shows them again.');
  if (!process.stdin.isTTY || !process.stdout.isTTY) return;
  console.log('It runs until you press Enter.');
  process.stdin.resume();
  await Promise.race([once(process.stdin, 'data'), once(process.stdin, 'end')]);
}

async function main() {
  const stop = (await isUp()) ? undefined : await startProduct();
  const code = await handOver(program, process.argv.slice(2), { API_URL: apiUrl(), SEVENFOLD_TOKEN: token() });
  if (stop) await farewell();
  await stop?.();
  process.exit(code);
}

main().catch(fail);

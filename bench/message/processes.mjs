import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 60_000;

/** A program that says on /readyz of this port when it is up. Answers how to end it. */
export async function startProcess(file, env, port) {
  const child = spawn(process.execPath, [file], { env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...env, HEALTH_PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (words = (words + chunk).slice(-5_000)));
  const exited = once(child, 'exit');
  const until = performance.now() + patienceMs;
  while (!(await isReady(port))) {
    if (child.exitCode !== null || performance.now() > until) throw new Error(`${file} did not come up:\n${words}`);
    await sleep(50);
  }
  return async () => {
    child.kill('SIGTERM');
    await exited;
  };
}

function isReady(port) {
  return new Promise((resolve) => {
    const asking = request({ host: '127.0.0.1', port, path: '/readyz', agent: false, timeout: 5_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asking.once('error', () => resolve(false)).end();
  });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 60_000;

/** Starts a program and asks its /readyz every few milliseconds: how long until it first says yes, in ms. Then ends it. */
export async function timeToReady({ file, env, port }) {
  const began = performance.now();
  const child = spawn(process.execPath, [file], { env: { ...process.env, NODE_ENV: 'production', ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk) => (words += chunk));
  const exited = once(child, 'exit');
  try {
    while (!(await says(port))) {
      if (child.exitCode !== null || performance.now() - began > patienceMs) throw new Error(`${file} did not come up:\n${words}`);
      await sleep(5);
    }
    return performance.now() - began;
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}

function says(port) {
  return new Promise((resolve) => {
    const asking = request({ host: '127.0.0.1', port, path: '/readyz', agent: false, timeout: 5_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asking.once('error', () => resolve(false)).end();
  });
}

import { spawn } from 'node:child_process';
import { node24, root, toolEnvironment } from './paths.mjs';

/**
 * Runs a program on Node 24 in place of this script: same terminal, same exit code. Ctrl-C reaches the program by
 * itself (it is in the terminal's group), so here it is only not died of; SIGTERM is passed on. Through the channel
 * the program notices if this script is killed. A SIGTERM to npm ends only the shell between npm and us, which we
 * notice by having another parent.
 */
export function handOver(program, args, env = {}) {
  const child = spawn(node24, ['--enable-source-maps', program, ...args], {
    cwd: root,
    env: toolEnvironment(env),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 300).unref();
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

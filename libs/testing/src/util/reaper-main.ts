import { createInterface } from 'node:readline';

/*
 * A program of its own: knows which process groups its owner has started and ends them when the owner is gone,
 * however it went. The owner's end is noticed by the pipe closing, which happens even after a kill -9.
 */
const groups = new Set<number>();

process.on('SIGINT', () => undefined); // a Ctrl-C in the terminal is the owner's business
process.on('SIGTERM', () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [verb, pid] = line.split(' ');
  if (verb === 'add') groups.add(Number(pid));
  else groups.delete(Number(pid));
});
lines.on('close', () => {
  signalAll('SIGTERM');
  setTimeout(() => signalAll('SIGKILL'), groups.size ? 5000 : 0);
});

function signalAll(signal: NodeJS.Signals) {
  for (const pid of groups) {
    try {
      process.kill(-pid, signal);
    } catch {
      groups.delete(pid); // it has ended by itself
    }
  }
}

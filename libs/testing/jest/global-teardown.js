import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends the Postgres server the test files shared, if any of them asked for it, and removes the run's folder. */
export default async function globalTeardown() {
  const run = process.env.SEVENFOLD_TEST_RUN;
  if (!run) return;
  const note = await readFile(join(run, 'postgres.json'), 'utf8').catch(() => undefined);
  const { guardPid, dataDir } = note ? JSON.parse(note) : {};
  if (guardPid) await end(guardPid);
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
  await rm(run, { recursive: true, force: true });
}

/** The guard answers SIGTERM by stopping Postgres and leaving. */
async function end(pid) {
  try {
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; waited < 10_000; waited += 20) {
      process.kill(pid, 0);
      await sleep(20);
    }
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

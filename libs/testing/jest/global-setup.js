import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives the run a folder of its own. Servers that test files share (Postgres) are started by the first file that
 * asks for one and note themselves there, so a run that needs none pays nothing.
 */
export default async function globalSetup() {
  process.env.SEVENFOLD_TEST_RUN = await mkdtemp(join(tmpdir(), 'sevenfold-jest-'));
  // When root runs the tests, the database server belongs to another user, who must pass through here.
  await chmod(process.env.SEVENFOLD_TEST_RUN, 0o711);
  process.env.SEVENFOLD_TEST_RUN_PID = String(process.pid);
}

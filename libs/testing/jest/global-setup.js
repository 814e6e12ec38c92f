import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Gives the run a folder of its own. Servers that test files share (Postgres) are started by the first file that
 * asks for one and note themselves there, so a run that needs none pays nothing.
 */
export default async function globalSetup() {
  process.env.SEVENFOLD_TEST_RUN = await mkdtemp(join(tmpdir(), 'sevenfold-jest-'))
  process.env.SEVENFOLD_TEST_RUN_PID = String(process.pid)
}

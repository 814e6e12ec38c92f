import { recordHistories } from '../apps/worker/test/histories/record.ts';
import setUp from '../libs/testing/jest/global-setup.js';
import tearDown from '../libs/testing/jest/global-teardown.js';

/*
 * npm run histories:record [-- recording…]
 * Plays every branch of every workflow on a server whose clock jumps, and keeps what happened as the histories of this release,
 * in the place of those recorded before for the same release. Those of earlier releases are never touched.
 */
await setUp();
try {
  await recordHistories(process.argv.slice(2), console.log);
} finally {
  await tearDown();
}
process.exit();

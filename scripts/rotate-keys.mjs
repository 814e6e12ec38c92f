import { connect } from '@sevenfold/core/db';
import { rotateKeys } from '@sevenfold/core/personal-data';
import { SystemDatabase } from '@sevenfold/core/system';
import { systemClock } from '@sevenfold/platform/clock';
import { KeyRing, UnreadableError } from '@sevenfold/platform/crypto';

/* npm run rotate-keys: wraps every data key by the first key of KEY_RING, so that the older ones may leave the ring. Needs a build. */
const { KEY_RING, DATABASE_URL_SYSTEM } = process.env;
if (!KEY_RING || !DATABASE_URL_SYSTEM) {
  console.error('Set KEY_RING, the new key first, and DATABASE_URL_SYSTEM.');
  process.exit(78);
}
const system = new SystemDatabase(await connect(DATABASE_URL_SYSTEM, 2), systemClock);
try {
  const { rewrapped, current } = await rotateKeys(system, KeyRing.parse(KEY_RING));
  console.log(`${rewrapped} keys wrapped anew, ${current} were already. ${rewrapped === 0 ? 'Older keys may leave the ring.' : 'Run it once more before older keys leave the ring.'}`);
} catch (error) {
  if (!(error instanceof UnreadableError) && !(error instanceof RangeError)) throw error;
  // Neither holds a key or what is sealed.
  console.error(`Not done: ${error.message}`);
  process.exitCode = 1;
} finally {
  await system.close();
}

import { expect, test } from '@jest/globals';
import { runConformance } from '@sevenfold/testing/conformance';
import plugin from '../src/index.js';
import harness from '../verify/harness.js';

test('the conformance kit finds nothing wrong', async () => {
  const entry = new URL('../src/index.ts', import.meta.url);
  const { wrong, named } = await runConformance({ package: '@sevenfold/channel-sms-twilio', entry, manifest: plugin, harness });
  expect(wrong).toEqual([]);
  // Named one by one, so that nothing stops being looked at unnoticed. A door of its own it has none.
  expect(named('not applicable').filter((name) => !name.startsWith('listen.'))).toEqual(['send.repeat-harmless']);
}, 120_000);

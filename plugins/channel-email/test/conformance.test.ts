import { expect, test } from '@jest/globals';
import { runConformance } from '@sevenfold/testing/conformance';
import plugin from '../src/index.js';
import harness from '../verify/harness.js';

test('the conformance kit finds nothing wrong', async () => {
  const entry = new URL('../src/index.ts', import.meta.url);
  const { wrong, named } = await runConformance({ package: '@sevenfold/channel-email', entry, manifest: plugin, harness });
  expect(wrong).toEqual([]);
  // Named one by one, so that nothing stops being looked at unnoticed. Webhooks it has none.
  const left = named('not applicable').filter((name) => !/^(receive|fetch|look-up)\./.test(name));
  expect(left).toEqual(['send.opted-out', 'send.retry-after', 'send.repeat-harmless', 'send.nonsense', 'measure.pure']);
}, 120_000);

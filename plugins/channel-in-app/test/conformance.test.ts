import { expect, test } from '@jest/globals';
import { runConformance } from '@sevenfold/testing/conformance';
import plugin from '../src/index.js';
import harness from '../verify/harness.js';

test('the conformance kit finds nothing wrong', async () => {
  const entry = new URL('../src/index.ts', import.meta.url);
  const { wrong, named } = await runConformance({ package: '@sevenfold/channel-in-app', entry, manifest: plugin, harness });
  expect(wrong).toEqual([]);
  // Without a provider much is not applicable; this is not.
  expect(named('passed')).toEqual(expect.arrayContaining([
    'normalise.pure', 'send.accepted', 'send.repeat-harmless', 'send.deadline', 'send.aborted-before', 'send.never-throws', 'secrets.logs', 'close.frees-process',
  ]));
}, 120_000);

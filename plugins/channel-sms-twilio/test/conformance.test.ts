import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { verifyChannel } from '@sevenfold/plugin-sdk/conformance';
import plugin from '../src/index.js';
import harness from '../verify/harness.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

test('the conformance kit finds nothing wrong', async () => {
  const { checks } = await verifyChannel({
    package: '@sevenfold/channel-sms-twilio',
    entry: here('../src/index.ts'),
    manifest: plugin,
    harness,
    execArgv: ['--conditions=source', '--import', here('../../../scripts/typescript.js')],
  });
  const wrong = checks.filter(({ result }) => result === 'failed');
  expect(wrong.map(({ name, detail }) => `${name}: ${detail}`)).toEqual([]);
  // Named one by one, so that nothing stops being looked at unnoticed.
  expect(checks.filter(({ result }) => result === 'not applicable').map(({ name }) => name)).toEqual(['send.repeat-harmless']);
}, 60_000);

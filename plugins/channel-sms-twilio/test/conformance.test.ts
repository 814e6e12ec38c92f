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
  // Named one by one, so that nothing stops being looked at unnoticed. A door of its own it has none.
  const left = checks.filter(({ result, name }) => result === 'not applicable' && !name.startsWith('listen.')).map(({ name }) => name);
  expect(left).toEqual(['send.repeat-harmless']);
}, 120_000);

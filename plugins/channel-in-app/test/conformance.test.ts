import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { verifyChannel } from '@sevenfold/plugin-sdk/conformance';
import plugin from '../src/index.js';
import harness from '../verify/harness.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

test('the conformance kit finds nothing wrong', async () => {
  const { checks } = await verifyChannel({
    package: '@sevenfold/channel-in-app',
    entry: here('../src/index.ts'),
    manifest: plugin,
    harness,
    execArgv: ['--conditions=source', '--import', here('../../../scripts/typescript.js')],
  });
  const wrong = checks.filter(({ result }) => result === 'failed');
  expect(wrong.map(({ name, detail }) => `${name}: ${detail}`)).toEqual([]);
  // Without a provider much is not applicable; this is not.
  const looked = checks.filter(({ result }) => result === 'passed').map(({ name }) => name);
  expect(looked).toEqual(expect.arrayContaining([
    'normalise.pure', 'send.accepted', 'send.repeat-harmless', 'send.deadline', 'send.aborted-before', 'send.never-throws', 'secrets.logs', 'close.frees-process',
  ]));
}, 120_000);

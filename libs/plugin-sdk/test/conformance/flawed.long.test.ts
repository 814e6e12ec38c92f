import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import { accepted, type OutboundMessage, type PluginHost, type SendContext } from '@sevenfold/plugin-sdk';
import { type Verification, verifyChannel } from '@sevenfold/plugin-sdk/conformance';
import harness from '../../../../examples/channel-whatsapp/verify/harness.js';
import inApp, { createInAppChannel } from '../../../../plugins/channel-in-app/src/index.js';
import inAppHarness from '../../../../plugins/channel-in-app/verify/harness.js';
import { channelChecks } from '../../src/conformance/checks/index.js';
import { doorFlaws, withDoor } from './doors.js';
import { aloneFlaws, flawed, flaws } from './flaws.js';
import { example, readsTypeScript } from './setup.js';

const processChecks = ['close.frees-process', 'secrets.console'];
const inProcess = channelChecks.map(({ name }) => name).filter((name) => !processChecks.includes(name));
const found = new Map<string, Verification>();

// Each waits more than it works, so a few go at once.
beforeAll(async () => {
  const waiting = [...flaws];
  const next = async (): Promise<void> => {
    for (let flaw = waiting.shift(); flaw !== undefined; flaw = waiting.shift()) {
      found.set(flaw.what, await verifyChannel({ package: flaw.what, entry: example, manifest: flawed(flaw), harness, only: inProcess }));
    }
  };
  await Promise.all(Array.from({ length: 6 }, next));
}, 400_000);

test.each(flaws)('a plugin that $what fails $check, and nothing else', ({ what, check }) => {
  const failed = found.get(what)?.checks.filter(({ result }) => result === 'failed') ?? [];
  expect(failed.map(({ name, detail }) => `${name}${name === check ? '' : `: ${detail}`}`)).toEqual([check]);
});

test.each(Object.entries(aloneFlaws))('a plugin that %s fails its check', async (name, { check }) => {
  const { default: manifest }: { default: unknown } = await import(`./flawed-${name}.js`);
  const entry = fileURLToPath(new URL(`./flawed-${name}.ts`, import.meta.url));
  const verification = await verifyChannel({ package: name, entry, manifest, harness, only: processChecks, execArgv: readsTypeScript });
  expect(verification.checks.filter(({ result }) => result === 'failed').map((each) => each.name)).toEqual([check]);
}, 120_000);

test.each([{ what: 'is right', check: undefined }, ...doorFlaws])('a plugin with a door that $what: $check', async (flaw) => {
  const { checks } = await verifyChannel({ package: 'door', entry: example, only: ['listen.'], ...withDoor(flaw.check === undefined ? {} : flaw) });
  expect(checks.filter(({ result }) => result === 'failed').map(({ name }) => name)).toEqual(flaw.check === undefined ? [] : [flaw.check]);
  expect(checks.filter(({ result }) => result === 'not applicable')).toEqual([]);
}, 120_000);

test('a repeat that is harmless only by name is found out', async () => {
  const manifest = { ...inApp, create: (config: object, host: PluginHost) => {
    const right = createInAppChannel(host);
    return { ...right, send: async (message: OutboundMessage, context: SendContext) => {
      const outcome = await right.send(message, context);
      return outcome.outcome === 'accepted' ? accepted(randomUUID()) : outcome;
    } };
  } };
  const { checks } = await verifyChannel({ package: 'in-app', entry: example, manifest, harness: inAppHarness, only: inProcess });
  expect(checks.filter(({ result }) => result === 'failed').map(({ name }) => name)).toEqual(['send.repeat-harmless']);
});

test('every check finds at least one flawed plugin', () => {
  const caught = new Set([...flaws, ...Object.values(aloneFlaws), ...doorFlaws].map(({ check }) => check));
  const never = channelChecks.map(({ name }) => name).filter((name) => !caught.has(name));
  expect(never).toEqual(['send.repeat-harmless']);
});

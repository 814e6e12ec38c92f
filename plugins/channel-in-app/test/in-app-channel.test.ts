import { expect, test } from '@jest/globals';
import plugin from '../src/index.js';

const NOW = new Date('2026-11-21T10:00:00Z');
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const host = { logger: quiet, clock: { now: async () => NOW }, publicUrl: 'https://sevenfold.example' };
const message = {
  id: '0190b3f0-0000-7000-8000-000000000001',
  workspaceId: '0190b3f0-0000-7000-8000-0000000000aa',
  to: '0190b3f0-0000-7000-8000-000000000002',
  text: 'Hello',
};
const inAMinute = { signal: new AbortController().signal, deadline: new Date(NOW.getTime() + 60_000) };

test('a message is accepted at once under its own id, since its row is the delivery', async () => {
  const channel = await plugin.create({}, host);
  expect(await channel.send(message, inAMinute)).toEqual({ outcome: 'accepted', providerId: message.id });
});

test('too late is not sent', async () => {
  const channel = await plugin.create({}, host);
  const late = { ...inAMinute, deadline: new Date(NOW.getTime() - 1) };
  expect(await channel.send(message, late)).toMatchObject({ outcome: 'not_sent' });
});

test('only creator ids are addresses', async () => {
  const channel = await plugin.create({}, host);
  expect(channel.normalise(' 0190B3F0-0000-7000-8000-000000000002 ')).toEqual({ ok: true, address: message.to });
  expect(channel.normalise('ada@example.com')).toMatchObject({ ok: false });
});

test('it is for creators signed in to the app and may carry a newsletter', async () => {
  const channel = await plugin.create({}, host);
  expect(channel.traits).toMatchObject({ needsAppSession: true, newsletter: true, repeatCostsMoney: false });
});

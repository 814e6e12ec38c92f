import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sms from '@sevenfold/channel-sms-twilio';
import { routePending, takeInbound } from '@sevenfold/core/inbox';
import { newId } from '@sevenfold/platform/ids';
import { createLogger } from '@sevenfold/platform/logging';
import { createRegistry, type InboundEvent } from '@sevenfold/plugin-sdk';
import { aCreator } from '@sevenfold/testing/factories';
import { twilioAccount } from '@sevenfold/testing/emulators';
import { fakeChannel } from '@sevenfold/testing/fakes';
import fc from 'fast-check';
import twilio from 'twilio';
import { apiWorld, type ApiWorld } from '../api-world.js';

/* What comes in by the doors of providers, signed as it should be and written as nobody should. */

const seed = Number(process.env['SEED'] ?? 1);
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 12) * 10;
const { accountSid, authToken, from: OURS } = twilioAccount;
const HOOK = '/v1/hooks/channels/sms';

let world: ApiWorld;
beforeAll(async () => {
  const say = () => undefined;
  const host = { logger: { debug: say, info: say, warn: say, error: say }, clock: { now: () => world.clock.now() }, publicUrl: 'https://sevenfold.test' };
  const config = sms.config.parse({ TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: OURS, TWILIO_API_BASE: 'http://127.0.0.1:1', TWILIO_TIMEOUT_MS: '1000' });
  world = await apiWorld({ plugins: createRegistry([await sms.create(config, host), fakeChannel({ channel: 'email', traits: { rich: true } })]) });
  await aCreator(world, { contactPoints: [{ channel: 'sms', address: '+31612345678' }, { channel: 'email', address: 'ada@people.test' }] });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom('', 'STOP', 'stop.', 'START', 'YES', 'yes!', 'HELP', '\0', 'a\0b', '\ud800', '👩‍👩‍👧‍👦', 'x'.repeat(20_000), '{{creator.name}}', '<script>', '\u202e', ' '));
const parts = () => ({ db: world.db, system: world.system, logger: createLogger({ name: 'test', level: 'silent' }) });

/** Whatever came in can be read by the team. */
async function readsWell(): Promise<void> {
  for (const path of ['/v1/threads', '/v1/unassigned', '/v1/threads/counts']) {
    const answer = await world.call('GET', path);
    expect([path, answer.status, JSON.stringify(answer.body).includes('\\u0000')]).toEqual([path, 200, false]);
  }
  const { data } = (await world.call('GET', '/v1/threads?limit=5')).body;
  expect(data.length).toBeGreaterThan(0);
  for (const { id } of data) expect((await world.call('GET', `/v1/threads/${id}/messages`)).status).toBe(200);
}

test('webhooks of Twilio, signed', async () => {
  const number = fc.oneof(fc.constantFrom('+31612345678', OURS, '', '+', '12345', 'whatsapp:+31612345678', 'ADA', '+999999999999999999'), text);
  const fields = fc.record({
    MessageSid: fc.oneof(fc.constantFrom('SM1', '', 'SM'.repeat(500)), fc.uuid(), text), From: number, To: number, Body: text, NumMedia: fc.constantFrom('0', '1', '-1', '1e9', 'NaN', '999999999'),
    MediaUrl0: fc.constantFrom('http://127.0.0.1:1/x', 'file:///etc/passwd', 'x', ''), MediaContentType0: text, MessageStatus: fc.constantFrom('delivered', 'failed', 'nonsense', '', 'read'), ErrorCode: text, OptOutType: fc.constantFrom('STOP', 'START', 'HELP', 'x'),
    AccountSid: fc.constantFrom(accountSid, 'AC0'), SmsSid: text, Nonsense: text,
  }, { requiredKeys: [] });
  const tails = fc.constantFrom('', `?m=${newId()}`, '?m=x', '?m=', '/status', '/status?m=%00', '?%ff', '/../x');
  await fc.assert(
    fc.asyncProperty(fields, tails, fc.constantFrom('right', 'wrong', 'none'), async (form, tail, signature) => {
      const body = new URLSearchParams(form as Record<string, string>).toString();
      const sent = Object.fromEntries(new URLSearchParams(body));
      const signed = twilio.getExpectedTwilioSignature(authToken, `https://sevenfold.test${HOOK}${tail}`, sent);
      const answer = await fetch(`${world.url}${HOOK}${tail}`, {
        method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...(signature !== 'none' && { 'x-twilio-signature': signature === 'right' ? signed : `${signed}x` }) },
      });
      expect(answer.status).toBeLessThan(500);
      if (signature !== 'right') expect(answer.status).toBeGreaterThanOrEqual(400);
      await answer.text();
    }),
    // The first is as it should be, so that there is something to read.
    { seed, numRuns, interruptAfterTimeLimit: 60_000, examples: [[{ MessageSid: `SM${'a1'.repeat(16)}`, From: '+31612345678', To: OURS, Body: 'Hello', NumMedia: '0', AccountSid: accountSid }, '', 'right']] },
  );
  await routePending(parts());
  await readsWell();
});

test('bodies that are no form, unsigned', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), fc.constantFrom('POST', 'GET', 'PUT', 'DELETE', 'PATCH'), fc.constantFrom(HOOK, '/v1/hooks/channels/nobody', '/v1/hooks/channels/__proto__', '/v1/hooks/channels/email', '/v1/hooks/channels/%ff'), async (body, method, path) => {
      const answer = await fetch(world.url + path, { method, ...(method !== 'GET' && { body: Buffer.from(body) }), headers: { 'content-type': 'nonsense', 'x-twilio-signature': 'x' } });
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
      await answer.text();
    }),
    { seed, numRuns: Math.ceil(numRuns / 3), interruptAfterTimeLimit: 30_000 },
  );
});

test('whatever a channel reads out of what came in is stored, finds its place and can be read', async () => {
  const address = fc.oneof(fc.constantFrom('ada@people.test', 'ADA@people.test', '', 'no address', 'a@b'), text);
  const message = fc.record({
    kind: fc.constant('message' as const), providerKey: fc.oneof(fc.uuid(), fc.uuid().map((id) => `${id}\0\ud800`)), from: address, to: address, envelopeTo: fc.option(address, { nil: undefined }), text, subject: fc.option(text, { nil: undefined }),
    html: fc.option(text.map((each) => `<p>${each}</p>`), { nil: undefined }), references: fc.array(text, { maxLength: 3 }), automatic: fc.boolean(),
    at: fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    attachments: fc.array(fc.record({ filename: text, contentType: text, content: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)) }), { maxLength: 2 }),
  });
  const status = fc.record({ kind: fc.constant('status' as const), providerKey: fc.uuid(), messageId: fc.uuid(), status: fc.constantFrom('delivered' as const, 'failed' as const), code: text, at: fc.constant(new Date('2026-11-23T09:00:00Z')) });
  const optOut = fc.record({ kind: fc.constant('opt-out' as const), providerKey: fc.uuid(), from: address, to: address, text, at: fc.constant(new Date('2026-11-23T09:00:00Z')) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(message, status, optOut), { minLength: 1, maxLength: 3 }), async (events) => {
      const route = await takeInbound(parts(), 'email', events as InboundEvent[]);
      await route();
    }),
    { seed, numRuns: Math.ceil(numRuns / 2), interruptAfterTimeLimit: 60_000 },
  );
  await routePending(parts());
  await readsWell();
  const [{ stuck } = { stuck: -1 }] = await world.rows<{ stuck: number }>(`select count(*)::int as stuck from inbound_item where routed_at is null and problem is null`);
  expect(stuck).toBe(0);
});

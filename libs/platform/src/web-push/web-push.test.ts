import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { fakePushService, type FakePushService } from '@sevenfold/testing/fakes';
import { notPublic, publicLookup } from '../public-address/index.js';
import { createWebPush, isPublicAddress, webPushOf, type PushCall, type WebPush } from './index.js';

const privateKey = randomBytes(32);
const contact = 'mailto:ops@agency.test';
const call: PushCall = { payload: JSON.stringify({ title: 'Grüße 👋' }), ttlSeconds: 3_600, urgency: 'high', topic: 'a'.repeat(32) };

let service: FakePushService;
let push: WebPush;
beforeAll(async () => {
  service = await fakePushService();
  push = createWebPush({ privateKey, contact, anyAddress: true, timeoutMs: 1_000 });
});
beforeEach(() => {
  service.seen.splice(0);
  service.answer = () => ({ status: 201 });
});
afterAll(async () => {
  push.close();
  await service.close();
});

describe('a call', () => {
  test('is read by the browser alone, and signed so that the service knows us', async () => {
    const { subscription } = service.device('phone');
    expect(await push.send(subscription, call)).toEqual({ outcome: 'sent' });
    const [seen] = service.seen;
    expect(seen?.text).toBe(call.payload);
    expect(seen?.headers).toMatchObject({ ttl: '3600', urgency: 'high', topic: 'a'.repeat(32), 'content-encoding': 'aes128gcm' });
    expect(seen?.headers.authorization).toContain(`k=${push.publicKey}`);
    expect(seen?.claims).toMatchObject({ aud: service.url, sub: contact });
  });

  test.each([
    [{ status: 404 }, { outcome: 'gone', status: 404 }],
    [{ status: 410 }, { outcome: 'gone', status: 410 }],
    [{ status: 429, headers: { 'retry-after': '7' } }, { outcome: 'later', status: 429, retryAfterMs: 7_000 }],
    [{ status: 503 }, { outcome: 'later', status: 503, retryAfterMs: null }],
    [{ status: 403 }, { outcome: 'refused', status: 403 }],
    [{ status: 413 }, { outcome: 'refused', status: 413 }],
    [{ status: 302, headers: { location: 'http://127.0.0.1/inside' } }, { outcome: 'refused', status: 302 }],
    ['cut' as const, { outcome: 'later', status: null, retryAfterMs: null }],
  ])('answered by %j is %j', async (answer, outcome) => {
    service.answer = () => answer;
    expect(await push.send(service.device('d').subscription, call)).toEqual(outcome);
  });

  test('with keys that are none is refused for good', async () => {
    const { endpoint } = service.device('x').subscription;
    for (const p256dh of ['', 'AAAA', Buffer.alloc(65, 4).toString('base64url')]) {
      expect(await push.send({ endpoint, keys: { p256dh, auth: randomBytes(16).toString('base64url') } }, call)).toMatchObject({ outcome: 'refused' });
    }
  });
});

describe('an address', () => {
  const careful = createWebPush({ privateKey, contact, timeoutMs: 1_000 });
  afterAll(() => careful.close());

  test.each([
    'http://push.example.com/x', 'https://127.0.0.1/x', 'https://[::1]/x', 'https://10.1.2.3/x', 'https://169.254.169.254/latest', 'https://192.168.0.1/',
    'https://[fd00::1]/', 'https://[::ffff:10.0.0.1]/', 'https://localhost/x', 'https://db.internal/x', 'https://printer.local/', 'https://postgres/x',
    'https://user:secret@push.example.com/', 'ftp://push.example.com/', 'nonsense', `https://push.example.com/${'x'.repeat(1_000)}`, 'https://2130706433/', 'https://0x7f.1/',
  ])('%s is not called', async (endpoint) => {
    expect(careful.problemWith(endpoint)).not.toBeNull();
    const { keys } = service.device('y').subscription;
    expect(await careful.send({ endpoint, keys }, call)).toEqual({ outcome: 'refused', status: 0 });
  });

  test.each(['https://fcm.googleapis.com/fcm/send/abc', 'https://updates.push.services.mozilla.com/wpush/v2/abc', 'https://web.push.apple.com/abc'])('%s is', (endpoint) => {
    expect(careful.problemWith(endpoint)).toBeNull();
  });

  test('is public or it is not', () => {
    for (const inside of ['127.0.0.1', '10.0.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '::', '::1', 'fe80::1', 'fc00::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1', 'name']) {
      expect([inside, isPublicAddress(inside)]).toEqual([inside, false]);
    }
    for (const outside of ['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8']) expect([outside, isPublicAddress(outside)]).toEqual([outside, true]);
  });

  test('whose name leads inside is not connected to', async () => {
    const looked = await new Promise((resolve) => publicLookup('localhost', { all: false }, (error, address) => resolve([error?.code, address])));
    expect(looked).toEqual([notPublic, '']);
  });
});

test('without a key there is nothing, and the contact is the installation itself unless told', () => {
  const base = { pushContact: undefined, pushAnyAddress: false, publicUrl: 'https://campaigns.agency.test' };
  expect(webPushOf({ ...base, pushKey: undefined })).toBeUndefined();
  const made = webPushOf({ ...base, pushKey: privateKey });
  expect(made?.publicKey).toBe(push.publicKey);
  made?.close();
});

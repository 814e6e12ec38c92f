import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { FetchContext, OutboundAttachment } from '@sevenfold/plugin-sdk';
import { TWILIO_API, configSchema } from '../src/config.js';
import { placeOf } from '../src/media-places.js';
import { isInside } from '../src/media-request.js';
import { context, logged, message, NUMBER, SID, smsOn, startHttp, TOKEN } from './setup.js';

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(2_000, 7)]);
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
const serve = async (answer: (path: string, response: ServerResponse) => void) => {
  const server = await startHttp((request, _body, response) => answer(request.url ?? '', response));
  closing.push(server.close);
  return server;
};
const fetching = (over: Partial<FetchContext> = {}): FetchContext => ({ signal: AbortSignal.timeout(30_000), maxBytes: 10_000, ...over });
const MEDIA = `/2010-04-01/Accounts/${SID}/Messages/MM1/Media/ME1`;

describe('media of an MMS', () => {
  test('is fetched from the API with our credentials, wherever the API was configured to be', async () => {
    const server = await serve((_path, response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(jpeg));
    const channel = await smsOn(server.url);
    for (const url of [`${server.url}${MEDIA}`, `${TWILIO_API}${MEDIA}?x=1`]) {
      expect(await channel.fetchAttachment?.({ url, contentType: 'image/png' }, fetching())).toEqual({ outcome: 'fetched', contentType: 'image/jpeg', content: jpeg });
    }
    const login = `Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}`;
    expect(server.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([[MEDIA, login], [`${MEDIA}?x=1`, login]]);
  });

  test.each([
    'http://169.254.169.254/latest/meta-data/', 'http://127.0.0.1:1/', 'http://localhost/', 'http://[::1]/', 'https://10.0.0.1/', 'file:///etc/passwd', 'https://evil.example/media',
    'https://api.twilio.com.evil.example/', 'https://evil.example/#api.twilio.com', 'https://api.twilio.com@evil.example/', `https://user:pass@api.twilio.com${MEDIA}`,
    'http://api.twilio.com/media', 'https://api.twilio.com:8443/media', 'http://mms.twiliocdn.com/x', 'https://eviltwiliocdn.com/x', 'https://s3-external-1.amazonaws.com/other-bucket/x', 'nonsense', '',
  ])('is never asked for at %s', async (url) => {
    const server = await serve((_path, response) => response.writeHead(200).end('secret'));
    const channel = await smsOn(server.url);
    expect(await channel.fetchAttachment?.({ url, contentType: 'image/jpeg' }, fetching())).toEqual({ outcome: 'refused', reason: 'not a place of Twilio' });
    expect(server.requests).toHaveLength(0);
  });

  test('is not followed to another place, not even one we can reach, nor round and round', async () => {
    const inside = await serve((_path, response) => response.writeHead(200).end('secret'));
    const server = await serve((path, response) => response.writeHead(302, { location: path === '/loop' ? '/loop' : `${inside.url}/secret` }).end());
    const channel = await smsOn(server.url);
    expect(await channel.fetchAttachment?.({ url: `${server.url}${MEDIA}`, contentType: 'image/jpeg' }, fetching())).toMatchObject({ outcome: 'refused' });
    expect(inside.requests).toHaveLength(0);
    expect(await channel.fetchAttachment?.({ url: `${server.url}/loop`, contentType: 'image/jpeg' }, fetching())).toEqual({ outcome: 'refused', reason: 'redirected too often' });
    expect(server.requests).toHaveLength(5);
  });

  test('is followed where Twilio keeps it, without our credentials', () => {
    const config = configSchema.parse({ TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: TOKEN, TWILIO_FROM: NUMBER });
    expect(placeOf(`${TWILIO_API}${MEDIA}`, config)).toMatchObject({ authorization: expect.stringMatching(/^Basic /), publicOnly: true });
    for (const url of [`https://mms.twiliocdn.com/${SID}/x?Expires=1`, `https://media.twiliocdn.com/${SID}/x`, `https://s3-external-1.amazonaws.com/media.twiliocdn.com/${SID}/x`]) {
      expect(placeOf(url, config)).toEqual({ url: new URL(url), publicOnly: true });
    }
    expect(['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'].every((each) => isInside(each, 4))).toBe(true);
    expect(['::1', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1'].every((each) => isInside(each, 6))).toBe(true);
    expect([isInside('54.1.2.3', 4), isInside('2600:1f00::1', 6), isInside('::ffff:54.1.2.3', 6)]).toEqual([false, false, false]);
  });

  test('that is too large is refused, announced or not, and reading stops there', async () => {
    const server = await serve((path, response) => {
      if (path === '/announced') response.writeHead(200, { 'content-length': '20000' });
      else response.writeHead(200);
      for (let sent = 0; sent < 20; sent += 1) response.write(Buffer.alloc(1_000));
      response.end();
    });
    const channel = await smsOn(server.url);
    for (const path of ['/announced', '/streamed']) {
      expect(await channel.fetchAttachment?.({ url: server.url + path, contentType: 'image/jpeg' }, fetching())).toEqual({ outcome: 'refused', reason: 'too_large' });
    }
  });

  test.each<[string, (response: ServerResponse) => void, object]>([
    ['gone', (response) => response.writeHead(404).end(), { outcome: 'refused', reason: 'gone' }],
    ['busy', (response) => response.writeHead(429, { 'retry-after': '7' }).end(), { outcome: 'not_now', reason: 'HTTP 429', retryAfterMs: 7_000 }],
    ['down', (response) => response.writeHead(503).end(), { outcome: 'not_now', reason: 'HTTP 503' }],
    ['unhappy with our token', (response) => response.writeHead(401).end(), { outcome: 'not_now', reason: 'HTTP 401' }],
    ['silent', () => {}, { outcome: 'not_now', reason: 'ETIMEDOUT' }],
    ['cut in the middle', (response) => response.writeHead(200, { 'content-length': '5000' }).write('x', () => response.socket?.destroy()), { outcome: 'not_now', reason: 'ECONNRESET' }],
  ])('from a Twilio that is %s', async (what, answer, expected) => {
    const server = await serve((_path, response) => answer(response));
    const channel = await smsOn(server.url, undefined, what === 'silent' ? { TWILIO_TIMEOUT_MS: '300' } : {});
    expect(await channel.fetchAttachment?.({ url: `${server.url}${MEDIA}`, contentType: 'image/jpeg' }, fetching())).toEqual(expected);
    expect(JSON.stringify(logged)).not.toContain(TOKEN);
  });

  test('nobody waits for longer than told', async () => {
    const server = await serve((_path, response) => void response.writeHead(200).write('x'));
    const channel = await smsOn(server.url, undefined, { TWILIO_TIMEOUT_MS: '60000' });
    expect(await channel.fetchAttachment?.({ url: `${server.url}${MEDIA}`, contentType: 'image/jpeg' }, fetching({ signal: AbortSignal.timeout(50) }))).toEqual({ outcome: 'not_now', reason: 'given up while waiting' });
  });
});

describe('files that go out', () => {
  const file = (name: string, contentType: string, size = 1_000): OutboundAttachment => ({ filename: name, contentType, content: new Uint8Array(size), url: `https://sevenfold.example/m/${name}` });
  const sent = async (attachments: OutboundAttachment[], over: object = {}, env: Record<string, string> = {}) => {
    const server = await serve((_path, response) => response.writeHead(201, { 'content-type': 'application/json' }).end('{"sid":"MM1"}'));
    const channel = await smsOn(server.url, undefined, env);
    const outcome = await channel.send(message({ attachments, ...over }), context());
    const form = new URLSearchParams(server.requests[0]?.body.toString());
    return { outcome, media: form.getAll('MediaUrl'), body: form.get('Body') };
  };

  test('go as MMS, as addresses Twilio fetches; an MMS is one, however long its text', async () => {
    const { outcome, media, body } = await sent([file('a.jpg', 'image/jpeg', 2_000_000), file('b.pdf', 'application/pdf')], { text: 'ж'.repeat(300) });
    expect(media).toEqual(['https://sevenfold.example/m/a.jpg', 'https://sevenfold.example/m/b.pdf']);
    expect(body).toBe('ж'.repeat(300));
    expect(outcome).toEqual({ outcome: 'accepted', providerId: 'MM1', segments: 1 });
    expect((await sent([file('a.jpg', 'image/jpeg')], { text: ' ' })).body).toBeNull();
  });

  test('that Twilio does not carry become a link in the text, and count', async () => {
    const files = [file('a.jpg', 'image/jpeg', 4_000_000), file('b.png', 'image/png', 2_000_000), file('c.mp4', 'video/mp4', 700_000), file('d.zip', 'application/zip')];
    expect(await sent(files, { text: 'Look' })).toMatchObject({
      media: ['https://sevenfold.example/m/a.jpg'],
      body: 'Look\nhttps://sevenfold.example/m/b.png\nhttps://sevenfold.example/m/c.mp4\nhttps://sevenfold.example/m/d.zip',
    });
    expect((await sent(Array.from({ length: 12 }, (_, n) => file(`${n}.gif`, 'image/gif')))).media).toHaveLength(10);
    const plain = await sent([file('d.zip', 'application/zip')], { text: 'x'.repeat(150) });
    expect(plain.outcome).toMatchObject({ segments: 2 });
  });

  test('go as links where the country is not one of those told', async () => {
    const env = { TWILIO_MMS_COUNTRIES: 'US, ca' };
    const one = [file('a.jpg', 'image/jpeg')];
    expect((await sent(one, { to: '+31612345678' }, env)).media).toEqual([]);
    expect((await sent(one, { to: '+12025550123' }, env)).media).toHaveLength(1);
    expect((await sent(one, { to: '+14165550123' }, env)).media).toHaveLength(1);
  });

  test('without an address are not left out silently', async () => {
    const { url: _, ...rest } = file('a.jpg', 'image/jpeg');
    expect((await sent([rest])).outcome).toMatchObject({ outcome: 'rejected', code: 'no_media_url' });
  });
});

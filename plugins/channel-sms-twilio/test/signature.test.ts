import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import twilio from 'twilio';
import { NUMBER, smsOn, TOKEN } from './setup.js';

const HOST = 'https://agency.example';
const PATH = '/v1/hooks/channels/sms';
const form = { MessageSid: 'SM1', From: '+31612345678', To: NUMBER, Body: 'Hello & wëlcome + 1', NumMedia: '0' };

interface Call {
  /** The address Twilio called, which it signs. */
  called: string;
  /** What arrived here. */
  path?: string;
  publicUrl?: string;
  /** The body as it arrived, and as it was signed. */
  body?: string;
  signed?: Record<string, string | string[]>;
  token?: string;
  type?: string;
  env?: Record<string, string>;
  signature?: string;
}

async function taken({ called, path = PATH, publicUrl = HOST, body = new URLSearchParams(form).toString(), signed = form, token = TOKEN, type = 'application/x-www-form-urlencoded', env = {}, signature }: Call) {
  const channel = await smsOn('http://127.0.0.1:9', publicUrl, env);
  const result = await channel.receive?.({
    method: 'POST', path, rawBody: Buffer.from(body),
    headers: { 'content-type': type, 'x-twilio-signature': signature ?? twilio.getExpectedTwilioSignature(token, called, signed) },
  });
  return result?.verified;
}

describe('a true signature holds', () => {
  test.each<[string, Call]>([
    ['as it came', { called: HOST + PATH }],
    ['with slashes at the end of our address', { called: HOST + PATH, publicUrl: `${HOST}//` }],
    ['called with a slash at the end that a proxy took off', { called: `${HOST + PATH}/` }],
    ['… or put there', { called: HOST + PATH, path: `${PATH}/` }],
    ['with the default port named', { called: `${HOST}:443${PATH}` }],
    ['with the default port in our address only', { called: HOST + PATH, publicUrl: `${HOST}:443` }],
    ['behind a port of its own', { called: `${HOST}:8443${PATH}`, publicUrl: `${HOST}:8443` }],
    ['over plain HTTP', { called: `http://agency.example${PATH}`, publicUrl: 'http://agency.example' }],
    ['behind a prefix the proxy takes off', { called: `${HOST}/sevenfold${PATH}`, publicUrl: `${HOST}/sevenfold/` }],
    ['behind a prefix the proxy leaves on', { called: `${HOST}/sevenfold${PATH}`, publicUrl: `${HOST}/sevenfold`, path: `/sevenfold${PATH}` }],
    ['with a query', { called: `${HOST + PATH}/status?m=1&x=a%20b`, path: `${PATH}/status?m=1&x=a%20b` }],
    ['with a query the proxy sorted', { called: `${HOST + PATH}/status?x=2&m=1&a=3`, path: `${PATH}/status?a=3&m=1&x=2` }],
    ['with letters in the query that URLs write in two ways', { called: `${HOST + PATH}?q=it's`, path: `${PATH}?q=it's` }],
    ['with a field twice', { called: HOST + PATH, body: `${new URLSearchParams(form)}&Tag=b&Tag=a`, signed: { ...form, Tag: ['b', 'a'] } }],
    ['with the same field and value twice', { called: HOST + PATH, body: `${new URLSearchParams(form)}&Tag=a&Tag=a`, signed: { ...form, Tag: ['a', 'a'] } }],
    ['with an empty field', { called: HOST + PATH, body: `${new URLSearchParams(form)}&Empty=`, signed: { ...form, Empty: '' } }],
    ['by the second token while one is rotated', { called: HOST + PATH, token: 'the next one', env: { TWILIO_AUTH_TOKEN_SECONDARY: 'the next one' } }],
  ])('%s', async (_what, call) => {
    expect(await taken(call)).toBe(true);
  });
});

describe('a false one does not', () => {
  const forged = (call: Partial<Call>) => taken({ called: HOST + PATH, ...call });
  test.each<[string, Partial<Call>]>([
    ['by another token', { token: 'guessed' }],
    ['for another host', { called: `https://evil.example${PATH}` }],
    ['for another protocol', { called: `http://agency.example${PATH}` }],
    ['for another path', { called: `${HOST}/v1/hooks/channels/email` }],
    ['for another query', { called: `${HOST + PATH}?m=1`, path: `${PATH}?m=2` }],
    ['with a parameter more in the query', { called: `${HOST + PATH}?m=1`, path: `${PATH}?m=1&n=2` }],
    ['with a changed field', { body: new URLSearchParams({ ...form, From: '+15550000000' }).toString() }],
    ['with a field more', { body: `${new URLSearchParams(form)}&OptOutType=STOP` }],
    ['with a field again', { body: `${new URLSearchParams(form)}&Body=STOP` }],
    ['with a field less', { body: new URLSearchParams({ ...form, Body: '' }).toString() }],
    ['that is empty', { signature: '' }],
    ['that is long', { signature: 'x'.repeat(10_000) }],
    ['of the second token when there is none', { token: '' }],
  ])('%s', async (_what, call) => {
    expect(await forged(call)).toBe(false);
  });
});

describe('a body that is JSON', () => {
  const body = JSON.stringify(form);
  const hash = createHash('sha256').update(body).digest('hex');
  const path = `${PATH}?bodySHA256=${hash}`;
  const json = (over: Partial<Call> = {}) => taken({ called: HOST + path, path, body, signed: {}, type: 'application/json', ...over });

  test('is signed by its hash in the query', async () => {
    expect(await json()).toBe(true);
    expect(await json({ called: `${HOST + PATH}?a=1&bodySHA256=${hash}`, path: `${PATH}?bodySHA256=${hash}&a=1` })).toBe(true);
  });

  test('is refused when it is not that body, has no hash, is no object, or claims to be a form', async () => {
    expect(await json({ body: body.replace('Hello', 'Hallo') })).toBe(false);
    expect(await json({ called: HOST + PATH, path: PATH })).toBe(false);
    expect(await json({ type: 'application/x-www-form-urlencoded' })).toBe(false);
    const list = '[1]';
    const other = `${PATH}?bodySHA256=${createHash('sha256').update(list).digest('hex')}`;
    expect(await json({ called: HOST + other, path: other, body: list })).toBe(false);
  });
});

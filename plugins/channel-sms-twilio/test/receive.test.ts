import { expect, test } from '@jest/globals';
import twilio from 'twilio';
import { inbound, NOW, NUMBER, smsOn, TOKEN } from './setup.js';

const PATH = '/v1/hooks/channels/sms';
const base = { MessageSid: 'SM1', From: '+31612345678', To: NUMBER, Body: 'Hello', NumMedia: '0' };
const signed = (url: string, form: Record<string, string>): string => twilio.getExpectedTwilioSignature(TOKEN, url, form);

async function receive(form: Record<string, string>, path = PATH, publicUrl = 'https://sevenfold.example') {
  const channel = await smsOn('http://127.0.0.1:9', publicUrl);
  return channel.receive?.(inbound(path, form, signed(publicUrl + path, form)));
}

test('a message is read, with what is attached', async () => {
  const form = { ...base, NumMedia: '1', MediaUrl0: 'https://api.twilio.com/media/1', MediaContentType0: 'image/jpeg' };
  expect(await receive(form)).toEqual({
    verified: true,
    events: [{
      kind: 'message', providerKey: 'SM1', providerId: 'SM1', from: '+31612345678', to: NUMBER, text: 'Hello', at: NOW,
      attachments: [{ url: 'https://api.twilio.com/media/1', contentType: 'image/jpeg' }],
    }],
    answer: { status: 200, contentType: 'text/xml', body: expect.stringContaining('<Response/>') },
  });
});

test('behind a proxy the public URL is what was signed, path prefix and port included', async () => {
  expect(await receive(base, `${PATH}?x=1`, 'https://agency.example:8443/sevenfold')).toMatchObject({ verified: true });
});

test.each([
  ['no signature', undefined],
  ['another body', signed(`https://sevenfold.example${PATH}`, { ...base, Body: 'Other' })],
  ['another path', signed('https://sevenfold.example/elsewhere', base)],
  ['another host', signed(`https://evil.example${PATH}`, base)],
  ['nonsense', 'x'],
])('%s is refused', async (_what, signature) => {
  const channel = await smsOn('http://127.0.0.1:9');
  expect(await channel.receive?.(inbound(PATH, base, signature))).toMatchObject({ verified: false, answer: { status: 403 } });
});

test('only POST, and only with a message id', async () => {
  const channel = await smsOn('http://127.0.0.1:9');
  expect(await channel.receive?.({ ...inbound(PATH, base, 'x'), method: 'GET' })).toMatchObject({ verified: false, answer: { status: 405 } });
  expect(await receive({ Body: 'x' })).toMatchObject({ verified: false, answer: { status: 400 } });
});

test('what Twilio decided about consent counts more than the word', async () => {
  const kinds = async (over: Record<string, string>): Promise<string[]> => {
    const result = await receive({ ...base, ...over });
    return result?.verified === true ? result.events.map((event) => event.kind) : [];
  };
  expect(await kinds({ Body: 'arrêt', OptOutType: 'STOP' })).toEqual(['opt-out']);
  expect(await kinds({ Body: 'YES', OptOutType: 'START' })).toEqual(['opt-in', 'message']);
  expect(await kinds({ Body: 'HELP', OptOutType: 'HELP' })).toEqual(['message']);
  expect(await kinds({ Body: 'UNSUBSCRIBE' })).toEqual(['opt-out']);
  expect(await kinds({ Body: 'Stop.' })).toEqual(['opt-out']);
  expect(await kinds({ Body: 'STOP 12345' })).toEqual(['message']);
  expect(await kinds({ Body: 'the end' })).toEqual(['message']);
});

test('a failed report tells its code; one we do not know is taken and ignored', async () => {
  const form = { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30003', From: NUMBER, To: '+31612345678' };
  expect(await receive(form, `${PATH}/status?m=our-id`)).toMatchObject({
    events: [{ kind: 'status', status: 'failed', code: '30003', messageId: 'our-id', providerKey: 'SM1:undelivered' }],
  });
  expect(await receive({ ...form, MessageStatus: 'constructor' })).toMatchObject({ verified: true, events: [] });
});

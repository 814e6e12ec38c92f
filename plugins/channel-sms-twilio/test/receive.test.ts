import { describe, expect, test } from '@jest/globals';
import twilio from 'twilio';
import { inbound, NOW, NUMBER, smsOn, TOKEN } from './setup.js';

const PATH = '/v1/hooks/channels/sms';
const base = { MessageSid: 'SM1', From: '+31612345678', To: NUMBER, Body: 'Hello', NumMedia: '0' };
const signed = (url: string, form: Record<string, string>): string => twilio.getExpectedTwilioSignature(TOKEN, url, form);

async function receive(form: Record<string, string>, path = PATH, publicUrl = 'https://sevenfold.example', env: Record<string, string> = {}) {
  const channel = await smsOn('http://127.0.0.1:9', publicUrl, env);
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
  expect(await kinds({ Body: 'STOP', NumMedia: '1', MediaUrl0: 'https://api.twilio.com/media/1' })).toEqual(['opt-out', 'message']);
});

test('a failed report tells its code; one we do not know is taken and ignored', async () => {
  const form = { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30003', From: NUMBER, To: '+31612345678' };
  expect(await receive(form, `${PATH}/status?m=our-id`)).toMatchObject({
    events: [{ kind: 'status', status: 'failed', code: '30003', messageId: 'our-id', providerKey: 'SM1:undelivered' }],
  });
  expect(await receive({ ...form, MessageStatus: 'constructor' })).toMatchObject({ verified: true, events: [] });
});

describe('the words of SMS', () => {
  const heard = async (Body: string, env: Record<string, string> = {}, over: Record<string, string> = {}) => {
    const result = await receive({ ...base, Body, ...over }, PATH, 'https://sevenfold.example', env);
    return result?.verified === true ? result.events : [];
  };
  const kinds = async (...given: Parameters<typeof heard>) => (await heard(...given)).map(({ kind }) => kind);

  test.each([
    ...['STOP', 'stop', ' Stop ', 'STOP!', 'Stop.', 'STOPALL', 'UNSUBSCRIBE', 'cancel', 'END', 'QUIT', 'REVOKE', 'optout', 'ARRET', 'Arrêt', 'arrête', 'ARRETT', 'ST\u200bOP'].map((word) => [word, ['opt-out']] as const),
    ...['START', 'unstop'].map((word) => [word, ['opt-in']] as const),
    ...['YES', 'yes.'].map((word) => [word, ['opt-in', 'message']] as const),
    ...['STOP 12345', 'please stop by', 'stop it', 'don’t stop', 'the end', 'end of May', 'I quit my job', 'yes please', 'start on Monday', 'STOP STOP', 'nonstop', '', 'HELP', 'info'].map((word) => [word, ['message']] as const),
  ])('%j is %j', async (word, expected) => {
    expect(await kinds(word)).toEqual(expected);
  });

  test('HELP is answered by us only where we are told what to say, and nobody else answers', async () => {
    const reply = async (...given: Parameters<typeof heard>) => (await heard(...given)).flatMap((event) => (event.kind === 'message' && event.autoReply) || []);
    const env = { TWILIO_HELP_TEXT: ' The agency. Reply STOP to end. ' };
    for (const word of ['HELP', 'help ', 'Info', 'aide']) expect(await reply(word, env)).toEqual(['The agency. Reply STOP to end.']);
    expect(await reply('HELP')).toEqual([]);
    expect(await reply('HELP', { TWILIO_HELP_TEXT: ' ' })).toEqual([]);
    expect(await reply('HELP', env, { OptOutType: 'HELP' })).toEqual([]);
    expect(await reply('HELP', { ...env, TWILIO_ADVANCED_OPT_OUT: 'true' })).toEqual([]);
    expect(await reply('help me with the brief', env)).toEqual([]);
  });

  test('with Advanced Opt-Out its own words bring somebody back, and STOP is heard all the same', async () => {
    const env = { TWILIO_ADVANCED_OPT_OUT: 'true' };
    expect(await kinds('START', env)).toEqual(['message']);
    expect(await kinds('retour', env, { OptOutType: 'START' })).toEqual(['opt-in', 'message']);
    expect(await kinds('STOP', env)).toEqual(['opt-out']);
    expect(await kinds('basta', env, { OptOutType: 'STOP' })).toEqual(['opt-out']);
  });

  test('they are about the messaging service the number belongs to, else about the number alone', async () => {
    const MG = 'MG00000000000000000000000000000000';
    const sender = async (...given: Parameters<typeof heard>) => (await heard(...given)).map((event) => ('sender' in event ? event.sender : undefined));
    expect(await sender('STOP', { TWILIO_MESSAGING_SERVICE_SID: MG }, { MessagingServiceSid: MG })).toEqual([MG]);
    expect(await sender('STOP', { TWILIO_MESSAGING_SERVICE_SID: MG })).toEqual([MG]);
    expect(await sender('STOP', { TWILIO_MESSAGING_SERVICE_SID: MG }, { MessagingServiceSid: 'MG1' })).toEqual(['MG1']);
    expect(await sender('STOP', {}, { MessagingServiceSid: MG })).toEqual([undefined]);
  });
});

test('a service that learns only later that somebody said STOP tells us so: an opt-out before the failure', async () => {
  const form = { MessageSid: 'SM1', MessageStatus: 'failed', ErrorCode: '21610', From: NUMBER, To: '+31612345678' };
  expect(await receive(form, `${PATH}/status?m=our-id`)).toMatchObject({
    events: [
      { kind: 'opt-out', from: '+31612345678', sender: NUMBER, providerKey: 'SM1:opted-out' },
      { kind: 'status', status: 'failed', code: '21610', providerKey: 'SM1:failed' },
    ],
  });
});

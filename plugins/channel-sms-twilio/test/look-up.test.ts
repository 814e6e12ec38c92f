import { afterEach, describe, expect, test } from '@jest/globals';
import { type OutboundMessage } from '@sevenfold/plugin-sdk';
import { message, NOW, NUMBER, smsOn, startHttp } from './setup.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const listed = (over: object = {}) => ({
  sid: 'SM1', body: message().text, direction: 'outbound-api', from: NUMBER, to: message().to, messaging_service_sid: null, status: 'delivered', error_code: null,
  date_created: NOW.toUTCString(), date_sent: null, ...over,
});
async function lookUp(messages: object[], { status = 200, env = {}, asked = message(), signal = new AbortController().signal }: { status?: number; env?: Record<string, string>; asked?: OutboundMessage; signal?: AbortSignal } = {}) {
  const server = await startHttp((_request, _body, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ messages })));
  closing.push(server.close);
  const channel = await smsOn(server.url, undefined, env);
  const answer = await channel.lookUp?.({ message: asked, sentAfter: NOW, sentBefore: new Date(NOW.getTime() + 60_000) }, { signal });
  return { answer, requests: server.requests };
}
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000).toUTCString();

describe('Twilio’s list', () => {
  test('holds it: what became of it, under the key its report would have', async () => {
    const { answer, requests } = await lookUp([listed(), listed({ sid: 'SM2', status: 'undelivered', error_code: 30003 })]);
    expect(answer).toEqual({
      outcome: 'found',
      candidates: [
        { providerId: 'SM1', providerKey: 'SM1:delivered', status: 'delivered', at: new Date(NOW.toUTCString()), segments: 1 },
        { providerId: 'SM2', providerKey: 'SM2:undelivered', status: 'failed', code: '30003', at: new Date(NOW.toUTCString()), segments: 1 },
      ],
    });
    expect(requests.map(({ path }) => path)).toEqual([expect.stringMatching(/\/Messages\.json\?To=%2B31612345678&PageSize=\d+$/)]);
    expect((await lookUp([listed({ status: 'failed', error_code: 21610 })])).answer).toMatchObject({ candidates: [{ code: '21610', optedOut: true }] });
  });

  test.each([
    ['other words', { body: 'Other words' }],
    ['from them', { direction: 'inbound' }],
    ['from another number of ours', { from: '+15550001111' }],
    ['long before', { date_created: later(-30) }],
    ['long after', { date_created: later(30) }],
    ['without an id', { sid: '' }],
  ])('holds another one: %s', async (_what, over) => {
    expect((await lookUp([listed(over)])).answer).toEqual({ outcome: 'absent' });
  });

  test('by a messaging service holds what that service sent', async () => {
    const env = { TWILIO_MESSAGING_SERVICE_SID: 'MG1' };
    expect((await lookUp([listed({ messaging_service_sid: 'MG1', from: '+15559998888' })], { env })).answer).toMatchObject({ outcome: 'found' });
    expect((await lookUp([listed()], { env })).answer).toEqual({ outcome: 'absent' });
  });

  test('says the text a little differently: line ends and blanks at the ends', async () => {
    expect((await lookUp([listed({ body: 'One\nTwo' })], { asked: message({ text: ' One\r\nTwo ' }) })).answer).toMatchObject({ outcome: 'found' });
  });

  test('says nothing certain: texts are not kept, it does not reach back, Twilio is away, nobody waits', async () => {
    expect((await lookUp([listed({ body: '' })])).answer).toMatchObject({ outcome: 'unsure' });
    expect((await lookUp(Array.from({ length: 200 }, (_, n) => listed({ sid: `SM${n}`, body: 'x' })))).answer).toMatchObject({ outcome: 'unsure' });
    expect((await lookUp(Array.from({ length: 200 }, (_, n) => listed({ sid: `SM${n}`, body: 'x', date_created: later(-n) })))).answer).toEqual({ outcome: 'absent' });
    for (const status of [401, 429, 500]) expect((await lookUp([], { status })).answer).toEqual({ outcome: 'unsure', reason: `HTTP ${status}` });
    expect((await lookUp([], { signal: AbortSignal.abort() })).answer).toMatchObject({ outcome: 'unsure' });
    expect((await lookUp([], { asked: message({ to: '12' }) })).answer).toMatchObject({ outcome: 'unsure' });
  });
});

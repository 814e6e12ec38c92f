import type { InboundRequest } from '../../channel/inbound.js';
import type { Check } from '../kit/check.js';
import { eventsOf, receive } from '../kit/deliver.js';
import { type Hearing, hearing, oneEvent, statusesOf } from '../kit/hearing.js';
import { expect, shown } from '../kit/verdict.js';

/** What the provider tells us: once, thrice, in any order, and by somebody else. */
export const webhookChecks: readonly Check[] = [
  {
    name: 'receive.status',
    title: 'Every report is a status of the message it is about',
    run: (subject) => hearing(subject, async (at) => {
      const statuses = statusesOf(at);
      const attempt = await at.sent();
      for (const status of statuses) {
        const event = await oneEvent(at.plugin, at.report(attempt, status), `the report "${status}"`);
        expect(event.kind === 'status' && event.status === status, `the report "${status}" became ${shown(event)}`);
        const known = event.messageId === undefined ? event.providerId === attempt.providerId : event.messageId === attempt.messageId;
        expect(known && (event.messageId ?? event.providerId) !== undefined, `the report "${status}" does not say which message it is about: ${shown(event)}`);
      }
    }),
  },
  {
    name: 'receive.duplicate',
    title: 'The same request again, at once and in another process, has the same keys; another event has another',
    run: (subject) => hearing(subject, (at) => hearing(subject, async (other) => {
      const attempt = at.webhooks.status === undefined ? undefined : await at.sent();
      const reports = attempt === undefined ? [] : (at.webhooks.statuses ?? []).map((status) => at.report(attempt, status));
      const messages = at.webhooks.message === undefined ? [] : [at.message(), at.message()];
      const requests = [...reports, ...messages];
      for (const request of requests) {
        const keys = await Promise.all([at.plugin, at.plugin, other.plugin].map((plugin) => keysOf(plugin, request)));
        expect(new Set(keys.map((each) => each.join())).size === 1, `the same request three times has the keys ${keys.map((each) => each.join()).join(' | ')}`);
      }
      const all = (await Promise.all(requests.map((request) => keysOf(at.plugin, request)))).flat();
      expect(new Set(all).size === all.length, `different events share a key, and the later ones would be lost: ${all.join(', ')}`);
    })),
  },
  {
    name: 'receive.order',
    title: 'Reports in any order, the first before the message is known, say the same',
    run: (subject) => hearing(subject, (at) => hearing(subject, async (other) => {
      const statuses = statusesOf(at);
      const attempt = await at.sent();
      const forwards = await inOrder(at, statuses.map((status) => at.report(attempt, status)));
      // This one has sent nothing: the report overtakes the row, or comes to another process.
      const backwards = await inOrder(other, statuses.toReversed().map((status) => at.report(attempt, status)));
      expect(forwards.toSorted().join() === backwards.toSorted().join(), `in order: ${forwards.join(' ')}; the other way round: ${backwards.join(' ')}`);
    })),
  },
  {
    name: 'receive.resolves-unknown',
    title: 'A report on a message with an unknown end says which message of ours it is',
    run: (subject) => hearing(subject, async (at) => {
      const [status] = statusesOf(at);
      const message = at.stage.message();
      at.stage.desk.onAttempt = async () => {
        at.stage.line?.cut();
        await at.stage.desk.silence();
      };
      const outcome = await at.stage.send(message);
      const attempt = at.stage.desk.attempts.at(-1);
      expect(attempt !== undefined && status !== undefined, 'the provider has seen no message');
      const event = await oneEvent(at.plugin, at.report(attempt, status), 'the report');
      const evidence = outcome.outcome === 'unknown' ? Object.values(outcome.evidence ?? {}) : [];
      const found = event.kind === 'status' && (event.messageId === message.id || (event.providerId !== undefined && evidence.includes(event.providerId)));
      expect(found, `the line was cut, then the provider reported ${shown(status)}: ${shown(event)} names neither our message id nor anything of the evidence, so a person would have to resolve it`);
    }),
  },
  {
    name: 'receive.signature',
    title: 'What the provider did not sign is refused, and stores nothing',
    run: (subject) => hearing(subject, async (at) => {
      const plain = at.webhooks.message === undefined ? at.report(await at.sent(), statusesOf(at)[0] ?? 'delivered') : at.message();
      const unsigned = at.webhooks.message?.(at.incoming()) ?? at.webhooks.status?.({ attempt: await at.sent(), status: statusesOf(at)[0] ?? 'delivered', at: at.incoming().at });
      expect(unsigned !== undefined, 'the harness has neither `message` nor `status`');
      for (const [what, request] of forgeries(at, plain, at.request(unsigned, true))) {
        const result = await receive(at.plugin, request);
        expect(!result.verified, `${what}: it was taken for the provider's`);
        const { status } = result.answer;
        expect(status >= 400 && status < 500, `${what}: answered with ${status}, not with a refusal (4xx)`);
      }
    }),
  },
  {
    name: 'receive.nonsense',
    title: 'Rightly signed nonsense stores nothing and throws nothing',
    run: (subject) => hearing(subject, async (at) => {
      for (const body of ['', '{}', '[]', 'null', '"x"', '{"entry":[{"changes":null}]}', 'a=%ZZ&b', '\u0000\u0001', 'x'.repeat(1_000_000)]) {
        const result = await receive(at.plugin, at.request({ body }));
        expect(!result.verified || result.events.length === 0, `the body ${shown(body)} became ${shown(result.verified ? result.events : [])}`);
        expect(result.answer.status < 500, `the body ${shown(body)} was answered with ${result.answer.status}`);
      }
      await receive(at.plugin, { method: 'GET', path: `/v1/hooks/channels/${at.plugin.channel}`, headers: {}, rawBody: new Uint8Array() });
    }),
  },
];

function forgeries(at: Hearing, request: InboundRequest, forged: InboundRequest): [string, InboundRequest][] {
  const { signatureHeaders, coversUrl } = at.webhooks;
  const withHeader = (change: (value: string | undefined) => string | undefined): InboundRequest => ({
    ...request,
    headers: { ...request.headers, ...Object.fromEntries(signatureHeaders.map((name) => [name, change(request.headers[name])])) },
  });
  return [
    ['no signature', withHeader(() => undefined)],
    ['an empty signature', withHeader(() => '')],
    ['a signature that is none', withHeader(() => 'x')],
    ['a shortened signature', withHeader((value) => value?.slice(0, -2))],
    ['another body', { ...request, rawBody: changed(request.rawBody) }],
    ['a body with more behind it', { ...request, rawBody: Buffer.concat([request.rawBody, Buffer.from(' ')]) }],
    ['signed by another key', forged],
    ...(coversUrl === true ? [['another address', { ...request, path: `${request.path}/elsewhere` }] satisfies [string, InboundRequest]] : []),
  ];
}

/** One letter in the middle is another one. */
function changed(body: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(body);
  const start = copy.length >> 1;
  const at = copy.findIndex((byte, index) => index >= start && /[a-z]/i.test(String.fromCharCode(byte)));
  const index = at === -1 ? copy.findIndex((byte) => /[a-z]/i.test(String.fromCharCode(byte))) : at;
  copy[index] = copy[index] === 0x61 ? 0x62 : 0x61;
  return copy;
}

const keysOf = async (plugin: Hearing['plugin'], request: InboundRequest) => (await eventsOf(plugin, request)).map(({ providerKey }) => providerKey);

async function inOrder({ plugin }: Hearing, requests: readonly InboundRequest[]): Promise<string[]> {
  const said: string[] = [];
  for (const request of requests) {
    for (const event of await eventsOf(plugin, request)) said.push(event.kind === 'status' ? `${event.status}:${event.providerKey}:${event.messageId ?? event.providerId}` : event.kind);
  }
  return said;
}

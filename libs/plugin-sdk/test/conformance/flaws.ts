import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelManifest, ChannelPlugin, InboundEvent, InboundRequest, OutboundMessage, PluginHost, SendContext, SendOutcome } from '@sevenfold/plugin-sdk';
import { accepted, notSent, rejected, unknown } from '@sevenfold/plugin-sdk';
import whatsapp from '../../../../examples/channel-whatsapp/src/index.js';

type Send = (message: OutboundMessage, context: SendContext) => Promise<SendOutcome>;
type Config = { WHATSAPP_ACCESS_TOKEN: string; WHATSAPP_API_BASE: string; WHATSAPP_TIMEOUT_MS: number };

/** One plugin that is right but for one thing. */
export interface Flaw {
  /** What is wrong with it. */
  readonly what: string;
  /** The one check that shall find it. */
  readonly check: string;
  readonly manifest?: (right: ChannelManifest<never>) => object;
  readonly plugin?: (right: ChannelPlugin, config: Config, host: PluginHost) => Partial<ChannelPlugin>;
}

/** Changes what comes back from `send`. */
const answering = (change: (outcome: SendOutcome, message: OutboundMessage, config: Config) => SendOutcome): Flaw['plugin'] => (right, config) => ({
  send: async (message, context) => change(await right.send(message, context), message, config),
});
/** Changes what is handed to `send`. */
const handing = (change: (message: OutboundMessage, context: SendContext) => [OutboundMessage, SendContext]): Flaw['plugin'] => (right) => ({
  send: (message, context) => right.send(...change(message, context)),
});
/** Stands before `send`. */
const around = (send: (right: Send, message: OutboundMessage, context: SendContext, config: Config, host: PluginHost) => Promise<SendOutcome>): Flaw['plugin'] =>
  (right, config, host) => ({ send: (message, context) => send((m, c) => right.send(m, c), message, context, config, host) });
/** Changes the events of a webhook. */
const hearing = (change: (events: readonly InboundEvent[], state: { seen: Set<string>; count: number }) => readonly InboundEvent[]): Flaw['plugin'] => (right) => {
  const state = { seen: new Set<string>(), count: 0 };
  return {
    receive: async (request) => {
      const result = await right.receive?.(request);
      if (result === undefined) throw new Error('no receive');
      return result.verified ? { ...result, events: change(result.events, state) } : result;
    },
  };
};
const trusting = (trusts: (request: InboundRequest) => boolean): Flaw['plugin'] => (right) => ({
  receive: async (request) => (trusts(request) ? { verified: true, events: [], answer: { status: 200 } } : ((await right.receive?.(request)) ?? { verified: false, reason: 'x', answer: { status: 403 } })),
});
const each = (change: (event: InboundEvent) => InboundEvent) => (events: readonly InboundEvent[]) => events.map(change);
const reason = (outcome: SendOutcome): string => (outcome.outcome === 'accepted' ? '' : outcome.reason);

const isCut = (outcome: SendOutcome): boolean => outcome.outcome === 'unknown' && /ECONNRESET|EPIPE|SOCKET/.test(outcome.reason);
/** The kit gives a plugin little time where it has to wait for it. */
const patient = (config: Config): boolean => config.WHATSAPP_TIMEOUT_MS > 5_000;

export const flaws: readonly Flaw[] = [
  { what: 'needs an SDK of the future', check: 'manifest.loads', manifest: () => ({ sdk: '^9.0.0' }) },
  { what: 'declares less than it does', check: 'manifest.capabilities', manifest: () => ({ capabilities: ['send', 'status'] }) },
  { what: 'sends on no connection', check: 'manifest.traits', plugin: (right) => ({ traits: { ...right.traits, ratePerSecond: 0 } }) },
  { what: 'does not say which variable is wrong', check: 'config.names-variable', manifest: (right) => ({ config: withIssues(right, () => ({ path: [], message: 'the configuration is wrong' })) }) },
  { what: 'quotes a wrong value', check: 'secrets.config', manifest: (right) => ({ config: withIssues(right, (issue, env) => ({ ...issue, message: `${env[String(issue.path[0])]} will not do` })) }) },
  { what: 'leaves addresses as typed', check: 'normalise.examples', plugin: (right) => ({ normalise: (typed) => ({ ...right.normalise(typed), ...(right.normalise(typed).ok && { address: typed }) }) }) },
  { what: 'adds to an address each time', check: 'normalise.pure', plugin: (right) => {
    let times = 0;
    // Right for the first answers, so that nothing but the repetition is wrong.
    return { normalise: (typed) => ((times += 1) > 2 && right.normalise(typed).ok ? { ok: true, address: `${typed}0` } : right.normalise(typed)) };
  } },
  { what: 'throws at an odd address', check: 'normalise.never-throws', plugin: (right) => ({ normalise: (typed) => {
    if (typed.includes('\u0000')) throw new TypeError('odd');
    return right.normalise(typed);
  } }) },
  { what: 'makes ids up', check: 'send.accepted', plugin: answering((outcome) => (outcome.outcome === 'accepted' ? accepted('made-up') : outcome)) },
  { what: 'calls a refusal accepted', check: 'send.rejected', plugin: answering((outcome) => (reason(outcome).includes('131026') ? accepted('x') : outcome)) },
  { what: 'hides an opt-out', check: 'send.opted-out', plugin: answering((outcome) => (outcome.outcome === 'rejected' ? { ...outcome, optedOut: undefined } : outcome)) },
  { what: 'blames the recipient for a wrong token', check: 'send.wrong-credentials', plugin: answering((outcome) => (reason(outcome).includes(' 190') ? rejected('190', 'x') : outcome)) },
  { what: 'gives a message up when the provider is away', check: 'send.unavailable', plugin: answering((outcome) => (reason(outcome).includes('131016') ? rejected('131016', 'x') : outcome)) },
  { what: 'blames the recipient for too many', check: 'send.rate-limited', plugin: answering((outcome) => (outcome.outcome === 'not_sent' && outcome.retryAfterMs === 7000 ? rejected('429', 'x') : outcome)) },
  { what: 'forgets when to come back', check: 'send.retry-after', plugin: answering((outcome) => (outcome.outcome === 'not_sent' ? notSent(outcome.reason) : outcome)) },
  { what: 'reads seconds as milliseconds', check: 'send.retry-after', plugin: answering((outcome) => (outcome.outcome === 'not_sent' && outcome.retryAfterMs !== undefined ? notSent(outcome.reason, outcome.retryAfterMs / 1000) : outcome)) },
  { what: 'mangles the words', check: 'send.content', plugin: handing((message, context) => [{ ...message, text: message.text.replace(/[^\u0000-\u007f]/g, '?') }, context]) },
  { what: 'drops files', check: 'send.media', plugin: handing(({ attachments: _dropped, ...message }, context) => [message, context]) },
  { what: 'says accepted though the line was cut', check: 'send.cut-after-last-byte', plugin: answering((outcome, _message, config) => (isCut(outcome) && patient(config) ? accepted('x') : outcome)) },
  { what: 'says accepted though nothing was heard', check: 'send.cut-before', plugin: answering((outcome, _message, config) => (isCut(outcome) && !patient(config) ? accepted('x') : outcome)) },
  { what: 'says not sent though the line was cut', check: 'send.cut-after-last-byte', plugin: answering((outcome) => (isCut(outcome) ? notSent('cut') : outcome)) },
  { what: 'says not sent after a silence', check: 'send.silence', plugin: answering((outcome) => (/^(TIMEOUT|network error)$/.test(reason(outcome)) ? notSent('timeout') : outcome)) },
  { what: 'takes any 200 for a yes', check: 'send.nonsense', plugin: answering((outcome) => (reason(outcome).includes('without a message id') ? accepted('x') : outcome)) },
  { what: 'calls no connection unknown', check: 'send.nobody-there', plugin: answering((outcome) => (reason(outcome) === 'ECONNREFUSED' ? unknown('ECONNREFUSED') : outcome)) },
  { what: 'repeats inside send', check: 'send.one-attempt', plugin: around(async (right, message, context) => {
    const first = await right(message, context);
    return first.outcome === 'not_sent' && / 131016/.test(first.reason) ? right(message, context) : first;
  }) },
  { what: 'waits and repeats behind our back', check: 'send.one-attempt', plugin: around(async (right, message, context) => {
    const first = await right(message, context);
    if (first.outcome === 'not_sent' && first.retryAfterMs === 1000) void sleep(500).then(() => right(message, context));
    return first;
  }) },
  { what: 'repeats after a cut, and says unknown', check: 'send.one-attempt', plugin: around(async (right, message, context) => {
    const first = await right(message, context);
    return isCut(first) && (await right(message, context)) ? first : first;
  }) },
  { what: 'takes the machine’s clock for the deadline', check: 'send.deadline', plugin: around(async (right, message, context) => {
    if (Date.now() > context.deadline.getTime()) return notSent('too late');
    return right(message, { ...context, deadline: new Date(8.64e15) });
  }) },
  { what: 'does not look at the signal first', check: 'send.aborted-before', plugin: around((right, message, context) => right(message, context.signal.aborted ? { ...context, signal: new AbortController().signal } : context)) },
  { what: 'does not hear that it is given up', check: 'send.aborted-during', plugin: handing((message, context) => [message, context.signal.aborted ? context : { ...context, signal: new AbortController().signal }]) },
  { what: 'says not sent when it is given up', check: 'send.aborted-during', plugin: answering((outcome) => (outcome.outcome === 'unknown' && outcome.reason.includes('given up') ? notSent('given up') : outcome)) },
  { what: 'sends one after the other', check: 'send.connections', plugin: (right) => {
    let last: Promise<unknown> = Promise.resolve();
    return { send: (message, context) => {
      const mine = last.then(() => right.send(message, context));
      last = mine;
      return mine;
    } };
  } },
  { what: 'throws at an odd text', check: 'send.never-throws', plugin: around((right, message, context) => {
    encodeURIComponent(message.text);
    return right(message, context);
  }) },
  { what: 'answers a fifth outcome', check: 'send.never-throws', plugin: answering((outcome) => (outcome.outcome === 'rejected' && outcome.code === 'too_long' ? { ...outcome, code: '' } : outcome)) },
  { what: 'does not know a report', check: 'receive.status', plugin: hearing(each((event) => (event.kind === 'status' && event.status === 'read' ? { ...event, status: 'delivered' } : event))) },
  { what: 'makes a new key each time', check: 'receive.duplicate', plugin: hearing((events, state) => events.map((event) => (event.kind === 'message' ? { ...event, providerKey: `${event.providerKey}:${(state.count += 1)}` } : event))) },
  { what: 'gives all reports of a message one key', check: 'receive.duplicate', plugin: hearing(each((event) => (event.kind === 'status' ? { ...event, providerKey: event.providerId ?? '' } : event))) },
  { what: 'drops a report that comes late', check: 'receive.order', plugin: hearing((events, { seen }) => {
    for (const event of events) if (event.kind === 'status' && (event.status === 'read' || event.status === 'failed')) seen.add(event.providerId ?? '');
    return events.filter((event) => !(event.kind === 'status' && event.status === 'sent' && seen.has(event.providerId ?? '')));
  }) },
  { what: 'forgets our message id', check: 'receive.resolves-unknown', plugin: hearing(each((event) => (event.kind === 'status' ? { ...event, messageId: undefined } : event))) },
  { what: 'measures the same text differently', check: 'measure.pure', plugin: () => {
    let times = 0;
    return { measure: (text) => ({ segments: Math.max(1, (times += 1) % 3), encoding: 'GSM-7', units: text.length, left: 0 }) };
  } },
  { what: 'needs no signature', check: 'receive.signature', plugin: trusting((request) => request.method === 'POST' && request.headers['x-hub-signature-256'] === undefined) },
  { what: 'compares only the beginning of a signature', check: 'receive.signature', plugin: trusting((request) => {
    const given = request.headers['x-hub-signature-256'];
    return given !== undefined && given.length < 71 && given.startsWith('sha256=');
  }) },
  { what: 'throws at a bad signature', check: 'receive.signature', plugin: (right) => ({ receive: async (request) => {
    if (request.headers['x-hub-signature-256'] === 'x') throw new RangeError('Input buffers must have the same byte length');
    return (await right.receive?.(request)) ?? { verified: false, reason: 'x', answer: { status: 403 } };
  } }) },
  { what: 'throws at nonsense', check: 'receive.nonsense', plugin: (right) => ({ receive: async (request) => {
    if (request.method === 'POST') JSON.parse(Buffer.from(request.rawBody).toString() || 'nothing');
    return (await right.receive?.(request)) ?? { verified: false, reason: 'x', answer: { status: 403 } };
  } }) },
  { what: 'takes "stop by" for a stop', check: 'receive.message', plugin: hearing(each((event) => (event.kind === 'message' && /stop/i.test(event.text) ? { ...event, kind: 'opt-out' } : event))) },
  { what: 'takes a STOP for an answer', check: 'receive.opt-out', plugin: hearing(each((event) => (event.kind === 'opt-out' ? { ...event, kind: 'message' } : event))) },
  { what: 'loses what kind a picture is', check: 'receive.media', plugin: hearing(each((event) => (event.kind === 'message' && event.attachments ? { ...event, attachments: event.attachments.map((file) => ({ ...file, contentType: 'text/plain' })) } : event))) },
  { what: 'fetches half a file', check: 'fetch.bytes', plugin: (right) => ({ fetchAttachment: async (ref, context) => {
    const got = await right.fetchAttachment?.(ref, context);
    return got?.outcome === 'fetched' ? { ...got, content: got.content.slice(1) } : (got ?? { outcome: 'refused', reason: 'x' });
  } }) },
  { what: 'fetches as much as there is', check: 'fetch.bounded', plugin: (right) => ({ fetchAttachment: (ref, context) => right.fetchAttachment?.(ref, { ...context, maxBytes: 1e9 }) ?? Promise.resolve({ outcome: 'refused', reason: 'x' }) }) },
  { what: 'fetches whatever address it is given', check: 'fetch.foreign', plugin: (right, config) => ({ fetchAttachment: async (ref, context) => {
    if (ref.url.startsWith(config.WHATSAPP_API_BASE)) return (await right.fetchAttachment?.(ref, context)) ?? { outcome: 'refused', reason: 'x' };
    const answer = await fetch(ref.url).then((response) => response.bytes(), () => undefined);
    return answer === undefined ? { outcome: 'refused', reason: 'x' } : { outcome: 'fetched', content: answer, contentType: ref.contentType };
  } }) },
  { what: 'gives a file up while the provider is away', check: 'fetch.later', plugin: (right) => ({ fetchAttachment: async (ref, context) => {
    const got = await right.fetchAttachment?.(ref, context);
    return got === undefined || got.outcome === 'not_now' ? { outcome: 'refused', reason: 'x' } : got;
  } }) },
  { what: 'invents what it cannot look up', check: 'look-up.never-invents', plugin: lookingUp('absent') },
  { what: 'finds nothing it has lost', check: 'look-up.found', plugin: lookingUp('unsure') },
  { what: 'repeats what the provider says', check: 'secrets.outcomes', plugin: answering((outcome, message) => (outcome.outcome === 'rejected' && outcome.code === '131026' ? { ...outcome, reason: `cannot reach ${message.to}` } : outcome)) },
  { what: 'puts its token into a reason', check: 'secrets.outcomes', plugin: answering((outcome, _message, config) => (reason(outcome).includes(' 190') ? notSent(`Bearer ${config.WHATSAPP_ACCESS_TOKEN} refused`) : outcome)) },
  { what: 'logs the message', check: 'secrets.logs', plugin: around((right, message, context, _config, host) => {
    host.logger.debug('sending', { to: message.to });
    return right(message, context);
  }) },
  { what: 'logs its token in an error', check: 'secrets.logs', plugin: around(async (right, message, context, config, host) => {
    const outcome = await right(message, context);
    if (outcome.outcome === 'unknown') host.logger.error('failed', { error: new Error('request failed', { cause: new Error(`authorization: Bearer ${config.WHATSAPP_ACCESS_TOKEN}`) }) });
    return outcome;
  }) },
  { what: 'shows its token in its health', check: 'secrets.health', plugin: (right, config) => ({ health: async () => {
    const health = await right.health();
    return health.ok ? health : { ...health, detail: `token ${config.WHATSAPP_ACCESS_TOKEN}` };
  } }) },
  { what: 'tells a forger what it expected', check: 'secrets.webhooks', plugin: (right, config) => ({ receive: async (request) => {
    const result = await right.receive?.(request);
    return result?.verified === false ? { ...result, reason: `expected ${config.WHATSAPP_ACCESS_TOKEN}` } : (result ?? { verified: false, reason: 'x', answer: { status: 403 } });
  } }) },
  { what: 'is never well', check: 'health.up', plugin: () => ({ health: async () => ({ ok: false, detail: 'unwell' }) }) },
  { what: 'is always well', check: 'health.down', plugin: () => ({ health: async () => ({ ok: true }) }) },
];

/** Two more, for a process of their own. */
export const aloneFlaws: Record<string, Flaw> = {
  'never-ends': { what: 'leaves a timer behind', check: 'close.frees-process', plugin: (right) => ({ close: async () => {
    setInterval(() => undefined, 1_000);
    await right.close();
  } }) },
  prints: { what: 'prints what it sends', check: 'secrets.console', plugin: around((right, message, context) => {
    console.log(`to ${message.to}`);
    return right(message, context);
  }) },
};

/** The example with this flaw. */
export function flawed(flaw: Flaw): object {
  const create = async (config: never, host: PluginHost): Promise<ChannelPlugin> => {
    const right = await whatsapp.create(config, host);
    return { ...right, ...flaw.plugin?.(right, config, host) };
  };
  return { ...whatsapp, create, ...flaw.manifest?.(whatsapp as ChannelManifest<never>) };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The same variables, refused in other words. */
function withIssues({ config }: ChannelManifest<never>, change: (issue: Issue, env: Record<string, string>) => Issue): object {
  return {
    safeParse: (env: Record<string, string>) => {
      const result = config.safeParse(env);
      return result.success ? result : { success: false, error: { issues: result.error.issues.map((issue) => change(issue, env)) } };
    },
  };
}

/** A look-up that is honest, but for one answer. */
function lookingUp(wrong: 'absent' | 'unsure'): Flaw['plugin'] {
  return (right, config) => {
    const sent = new Set<string>();
    return {
      send: (message, context) => {
        sent.add(message.id);
        return right.send(message, context);
      },
      lookUp: async ({ message }) => {
        const there = await fetch(config.WHATSAPP_API_BASE).then(() => true, () => false);
        if (!there) return wrong === 'absent' ? { outcome: 'absent' } : { outcome: 'unsure', reason: 'away' };
        if (!sent.has(message.id)) return { outcome: 'absent' };
        if (wrong === 'unsure') return { outcome: 'unsure', reason: 'lost' };
        const providerId = `wamid.${Buffer.from(message.id).toString('base64url').slice(0, 40)}`;
        return { outcome: 'found', candidates: [{ providerId, providerKey: `${providerId}:sent`, status: 'sent', at: new Date() }] };
      },
    };
  };
}

import type { SendOutcome } from '../../outcome.js';
import type { ProviderAnswer } from '../harness.js';
import { eventsOf, receive, signed } from './deliver.js';
import { healthOf } from './health-of.js';
import { NOW } from './hearing.js';
import { lineOf, refusalsOf } from './requires.js';
import { onStage, type Stage, whereOf } from './stage.js';
import type { Subject } from './subject.js';
import { Failed } from './verdict.js';

/** Everything a plugin left behind in all its states. */
export interface Traces {
  readonly outcomes: string[];
  readonly logs: string[];
  readonly health: string[];
  readonly webhooks: string[];
}

/** A text nobody would write by chance. */
export const TEXT = 'The canary text 7f3a9c of this message';

/** What may show in none of them: the configured secrets, the recipient, the words. */
export async function canariesOf(subject: Subject): Promise<Map<string, string>> {
  const env = subject.harness.env(await whereOf(undefined, 1_000));
  const { good } = subject.harness.addresses;
  const named = subject.harness.secrets.map((name): [string, string] => {
    const value = env[name];
    if (value === undefined || value.length < 6) throw new Failed(`the harness calls ${name} a secret, but gives it no value of at least 6 characters`);
    return [secretIn(value), `the secret in ${name}`];
  });
  return new Map([...named, ...good.slice(0, 1).flatMap(({ typed, normalised }): [string, string][] => [[typed, 'the recipient’s address'], [normalised, 'the recipient’s address']]), [TEXT, 'the words of the message']]);
}

/** Of an address with a password in it, the password: the rest may be told. */
function secretIn(value: string): string {
  const password = URL.parse(value)?.password;
  return password === undefined || password === '' ? value : decodeURIComponent(password);
}

/** Puts the plugin into every state there is and collects what it says. */
export async function collectTraces(subject: Subject): Promise<Traces> {
  const traces: Traces = { outcomes: [], logs: [], health: [], webhooks: [] };
  const detail = [...(await canariesOf(subject)).keys()].join(' ');
  const play = async (options: Parameters<typeof onStage>[1], prepare: (stage: Stage) => void): Promise<void> => {
    await onStage(subject, options, async (stage) => {
      prepare(stage);
      const outcome: SendOutcome | string = await stage.send(stage.message({ text: TEXT })).catch((error: unknown) => String(error));
      // The provider's own id of a message is no secret.
      if (typeof outcome === 'string' || outcome.outcome !== 'accepted') traces.outcomes.push(JSON.stringify(outcome));
      traces.health.push(JSON.stringify(await healthOf(stage).catch((error: unknown) => String(error))));
      traces.logs.push(...stage.logged);
    });
  };
  const answers: ProviderAnswer[] = subject.harness.provider === undefined ? [{ as: 'accept' }] : [{ as: 'accept' }, ...refusalsOf(subject, detail), { as: 'nonsense' }];
  await Promise.all([
    ...answers.map((answer) => play({}, (stage) => void (stage.desk.answer = answer))),
    ...(subject.harness.provider === undefined ? [] : [
      play({ nobodyThere: true }, () => undefined),
      play({}, (stage) => void (lineOf(stage).fault = 'hang-up')),
      play({ timeoutMs: 3_000 }, (stage) => void (lineOf(stage).fault = 'garble')),
      play({ timeoutMs: 1_000 }, (stage) => void (stage.desk.onAttempt = stage.desk.silence)),
    ]),
    hear(subject, traces),
  ]);
  return traces;
}

async function hear(subject: Subject, traces: Traces): Promise<void> {
  await onStage(subject, { now: NOW }, async (stage) => {
    const webhooks = stage.provider?.webhooks;
    if (stage.plugin.receive === undefined || webhooks?.message === undefined) return;
    const incoming = { id: 'secrets', from: stage.message().to, to: stage.plugin.sender, text: TEXT, at: NOW };
    const unsigned = webhooks.message(incoming);
    const result = await receive(stage.plugin, signed(webhooks, stage.plugin.channel, unsigned, true));
    traces.webhooks.push(JSON.stringify(result.verified ? result.answer : result));
    await eventsOf(stage.plugin, signed(webhooks, stage.plugin.channel, unsigned)).catch(() => []);
    traces.logs.push(...stage.logged);
  });
}

import type { SendOutcome } from '../../outcome.js';
import type { Check } from '../kit/check.js';
import { lineOf, needs, needsProvider, refusalsOf } from '../kit/requires.js';
import { onStage, type Stage } from '../kit/stage.js';
import type { Subject } from '../kit/subject.js';
import { eventually, expect, shown } from '../kit/verdict.js';

const SHORT_MS = 1_000;

/** Lines that break, and providers that fall silent. */
export const brokenLineChecks: readonly Check[] = [
  {
    name: 'send.cut-after-last-byte',
    title: 'The line breaks when the provider has it all: unknown, whatever became of it',
    run: async (subject) => {
      needsProvider(subject);
      await onStage(subject, {}, async (stage) => {
        stage.desk.onAttempt = async () => {
          lineOf(stage).cut();
          await stage.desk.silence();
        };
        expectUnknown(stage, await stage.send());
      });
    },
  },
  {
    name: 'send.silence',
    title: 'A provider that takes it and never answers: unknown, after the plugin’s own timeout',
    run: async (subject) => {
      needsProvider(subject);
      // On a busy machine the shorter time may be over before the provider has heard of anything.
      for (const timeoutMs of [SHORT_MS, 10 * SHORT_MS]) {
        const heard = await onStage(subject, { timeoutMs }, async (stage) => {
          stage.desk.onAttempt = stage.desk.silence;
          const outcome = await stage.send();
          if (timeoutMs > SHORT_MS || stage.desk.attempts.length > 0) expectUnknown(stage, outcome);
          return stage.desk.attempts.length > 0;
        });
        if (heard) return;
      }
    },
  },
  {
    name: 'send.nonsense',
    title: 'A provider that takes it and answers nonsense: unknown',
    run: async (subject) => {
      needsProvider(subject);
      needs(subject, 'nonsense');
      await onStage(subject, {}, async (stage) => {
        stage.desk.answer = { as: 'nonsense' };
        expectUnknown(stage, await stage.send());
      });
    },
  },
  {
    name: 'send.cut-before',
    title: 'The line breaks, or says nothing, before the provider heard of it: not sent, or unknown when in doubt',
    run: async (subject) => {
      needsProvider(subject);
      for (const fault of ['hang-up', 'swallow'] as const) {
        await onStage(subject, { timeoutMs: SHORT_MS }, async (stage) => {
          lineOf(stage).fault = fault;
          const outcome = await stage.send();
          expect(outcome.outcome === 'not_sent' || outcome.outcome === 'unknown', `${fault}: the provider heard of nothing, the plugin says ${shown(outcome)}`);
        });
      }
    },
  },
  {
    name: 'send.nobody-there',
    title: 'Nobody listens at the provider’s address: certainly not sent',
    run: async (subject) => {
      needsProvider(subject);
      await onStage(subject, { nobodyThere: true }, async (stage) => {
        const outcome = await stage.send();
        expect(outcome.outcome === 'not_sent', `no connection was made, the plugin says ${shown(outcome)}: nobody would ever repeat it`);
      });
    },
  },
  {
    name: 'send.one-attempt',
    title: 'One call is one attempt, whatever the provider answers: repeating is the engine’s business',
    run: async (subject) => {
      needsProvider(subject);
      await Promise.all([...refusalsOf(subject, 'no').map((answer) => once(subject, answer.as, (stage) => void (stage.desk.answer = answer))), once(subject, 'cut', cutting)]);
    },
  },
];

const cutting = (stage: Stage): void => {
  stage.desk.onAttempt = async () => {
    lineOf(stage).cut();
    await stage.desk.silence();
  };
};

function once(subject: Subject, what: string, prepare: (stage: Stage) => void): Promise<void> {
  return onStage(subject, {}, async (stage) => {
    prepare(stage);
    await stage.send();
    // The provider said "in a second": whoever obeys behind our back does so now.
    await eventually(() => stage.desk.attempts.length > 1, 2_000);
    const tries = stage.desk.attempts.length;
    expect(tries <= 1, `${what}: the provider was asked ${tries} times by one call of send`);
  });
}

/** `unknown`; where a repeat is harmless, `not_sent` as well. */
export function expectUnknown(stage: Stage, outcome: SendOutcome): void {
  expect(stage.desk.attempts.some((attempt) => attempt.taken), `the provider has seen nothing, and the plugin says ${shown(outcome)}`);
  const may = stage.plugin.traits.repeatHarmless === true ? ['unknown', 'not_sent'] : ['unknown'];
  expect(may.includes(outcome.outcome), `the provider has it and nobody here can know: expected unknown, got ${shown(outcome)}`);
}

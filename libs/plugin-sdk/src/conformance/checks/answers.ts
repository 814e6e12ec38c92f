import type { SendOutcome } from '../../outcome.js';
import type { Lackable, ProviderAnswer } from '../harness.js';
import type { Check } from '../kit/check.js';
import { needs, needsProvider } from '../kit/requires.js';
import { onStage, type Stage } from '../kit/stage.js';
import { expect, shown } from '../kit/verdict.js';

/** What the provider answers, and what the plugin makes of it. */
export const answerChecks: readonly Check[] = [
  {
    name: 'send.accepted',
    title: 'What the provider took is accepted, under the provider’s id, and is there exactly once',
    run: (subject) => onStage(subject, {}, async (stage) => {
      const outcome = await stage.send();
      expect(outcome.outcome === 'accepted', `a message the provider takes came back as ${shown(outcome)}`);
      if (subject.harness.provider === undefined) return;
      const taken = stage.desk.attempts.filter((attempt) => attempt.taken);
      expect(taken.length > 0, 'it says accepted, but the provider has seen nothing');
      expect(taken.length === 1, `the provider has it ${taken.length} times`);
      const id = taken[0]?.providerId;
      expect(id === undefined || id === outcome.providerId, `the provider named it ${shown(id)}, the plugin ${shown(outcome.providerId)}`);
    }),
  },
  answered({
    name: 'send.rejected',
    title: 'A recipient refused for good is rejected, with a code',
    answer: { as: 'reject', detail: 'no such recipient' },
    wanted: 'rejected',
    right: (outcome) => outcome.outcome === 'rejected' && outcome.code !== '',
  }),
  answered({
    name: 'send.opted-out',
    title: 'A refusal because the recipient forbade it is rejected with `optedOut`',
    answer: { as: 'opted-out', detail: 'recipient has opted out' },
    wanted: 'rejected with optedOut: true',
    right: (outcome) => outcome.outcome === 'rejected' && outcome.optedOut === true,
  }),
  answered({
    name: 'send.wrong-credentials',
    title: 'Our own wrong credentials say nothing about the recipient: not sent',
    answer: { as: 'wrong-credentials', detail: 'not authorised' },
    wanted: 'not_sent',
    right: (outcome) => outcome.outcome === 'not_sent',
  }),
  answered({
    name: 'send.unavailable',
    title: 'A provider that certainly does not take it now: not sent',
    answer: { as: 'unavailable', detail: 'come back later' },
    wanted: 'not_sent',
    right: (outcome) => outcome.outcome === 'not_sent',
  }),
  answered({
    name: 'send.rate-limited',
    title: 'Too many: not sent',
    answer: { as: 'rate-limit', retryAfterSeconds: 7, detail: 'too many messages' },
    wanted: 'not_sent',
    right: (outcome) => outcome.outcome === 'not_sent',
  }),
  answered({
    name: 'send.retry-after',
    title: 'A provider that says when to come back is believed: `retryAfterMs`, in milliseconds',
    lackable: 'retry-after',
    answer: { as: 'rate-limit', retryAfterSeconds: 7, detail: 'too many messages' },
    wanted: 'not_sent with retryAfterMs: 7000',
    // Anything but not_sent is what the check before this one finds.
    right: (outcome) => outcome.outcome !== 'not_sent' || Math.abs((outcome.retryAfterMs ?? 0) - 7_000) <= 1_000,
  }),
];

interface Answered {
  readonly name: string;
  readonly title: string;
  readonly answer: Exclude<ProviderAnswer, { as: 'accept' }>;
  readonly wanted: string;
  /** What else the provider may be without. */
  readonly lackable?: Lackable;
  right(outcome: SendOutcome): boolean;
}

function answered({ name, title, answer, wanted, lackable, right }: Answered): Check {
  return {
    name,
    title,
    run: async (subject) => {
      needsProvider(subject);
      needs(subject, answer.as);
      if (lackable !== undefined) needs(subject, lackable);
      await onStage(subject, {}, async (stage: Stage) => {
        stage.desk.answer = answer;
        const outcome = await stage.send();
        expect(stage.desk.attempts.length > 0, `it answered ${shown(outcome)} without asking the provider`);
        expect(right(outcome), `expected ${wanted}, got ${shown(outcome)}`);
      });
    },
  };
}

import type { Check } from '../kit/check.js';
import { needsProvider } from '../kit/requires.js';
import { onStage, type Stage } from '../kit/stage.js';
import { eventually, expect, shown, within } from '../kit/verdict.js';
import { expectUnknown } from './broken-lines.js';

const PROMPTLY_MS = 4_000;

/** Deadlines and signals. */
export const givingUpChecks: readonly Check[] = [
  {
    name: 'send.deadline',
    title: 'After the deadline, by the host’s clock and not the machine’s, nothing is handed over',
    run: async (subject) => {
      await onStage(subject, { now: new Date('2061-03-01T12:00:00Z') }, async (stage) => {
        await expectNothing(stage, { deadline: new Date('2061-03-01T11:59:59Z') }, 'a second after the deadline');
      });
      await onStage(subject, { now: new Date('2001-03-01T12:00:00Z') }, async (stage) => {
        const outcome = await stage.send(stage.message(), stage.context({ deadline: new Date('2001-03-01T12:01:00Z') }));
        expect(outcome.outcome === 'accepted', `a minute before the deadline by the host's clock: ${shown(outcome)}`);
      });
    },
  },
  {
    name: 'send.aborted-before',
    title: 'Given up before the hand-over: not sent, and nothing leaves',
    run: (subject) => onStage(subject, {}, (stage) => expectNothing(stage, { signal: AbortSignal.abort() }, 'aborted before the call')),
  },
  {
    name: 'send.aborted-during',
    title: 'Given up while the provider has it: unknown, and at once',
    run: async (subject) => {
      needsProvider(subject);
      await onStage(subject, { timeoutMs: 30_000 }, async (stage) => {
        const giveUp = new AbortController();
        stage.desk.onAttempt = stage.desk.silence;
        const sending = stage.send(stage.message(), stage.context({ signal: giveUp.signal }));
        sending.catch(() => undefined);
        expect(await eventually(() => stage.desk.attempts.length > 0, PROMPTLY_MS * 2), 'the provider was never asked');
        giveUp.abort();
        expectUnknown(stage, await within(PROMPTLY_MS, sending, 'after the signal was aborted, send'));
      });
    },
  },
];

async function expectNothing(stage: Stage, over: Parameters<Stage['context']>[0], when: string): Promise<void> {
  const outcome = await stage.send(stage.message(), stage.context(over));
  expect(stage.desk.attempts.length === 0, `${when}: the provider was asked all the same`);
  expect(outcome.outcome === 'not_sent', `${when}: expected not_sent, got ${shown(outcome)}`);
}

import type { OutboundMessage } from '../../channel/message.js';
import type { SendOutcome } from '../../outcome.js';
import type { Check } from '../kit/check.js';
import { lineOf } from '../kit/requires.js';
import { onStage } from '../kit/stage.js';
import { expect, shown } from '../kit/verdict.js';

const odd: readonly [string, Partial<OutboundMessage>][] = [
  ['an empty text', { text: '' }],
  ['a very long text', { text: 'long '.repeat(100_000) }],
  ['half a character', { text: 'half \ud800 a pair', subject: '\udc00' }],
  ['control characters', { text: 'bell \u0007 null \u0000', from: 'Two\r\nLines', subject: 'Subject\r\nBcc: other@example.com' }],
  ['an address that is none', { to: 'nobody\r\nat: all' }],
  ['an empty address', { to: '' }],
  ['a link that is none', { unsubscribeUrl: 'not a link', statusCallbackUrl: 'nor this', replyTo: 'nor that' }],
  ['an id with odd characters', { id: 'a b/c?d&e"f' }],
];

/** What no plugin may stumble over. */
export const robustnessChecks: readonly Check[] = [
  {
    name: 'send.never-throws',
    title: 'Whatever it is given and whatever comes back, send answers one of the four outcomes, well formed',
    run: async (subject) => {
      await onStage(subject, { timeoutMs: 5_000 }, async (stage) => {
        for (const [what, over] of odd) {
          const outcome = await stage.send(stage.message(over));
          const problem = problemOf(outcome);
          expect(problem === undefined, `${what}: ${problem}, in ${shown(outcome)}`);
        }
        const misled = stage.desk.attempts.filter((attempt) => attempt.taken && /[\r\n]|^$/.test(attempt.to));
        expect(misled.length === 0, `a message left for an address that is none: ${shown(misled[0]?.to)}`);
      });
      if (subject.harness.provider === undefined) return;
      await onStage(subject, { timeoutMs: 5_000 }, async (stage) => {
        lineOf(stage).fault = 'garble';
        const outcome = await stage.send();
        const problem = problemOf(outcome);
        expect(problem === undefined, `bytes that are no protocol: ${problem}, in ${shown(outcome)}`);
        expect(outcome.outcome === 'unknown' || outcome.outcome === 'not_sent', `bytes that are no protocol came back, the plugin says ${shown(outcome)}`);
      });
    },
  },
];

/** What is wrong with an outcome; undefined when it is one. */
function problemOf(outcome: SendOutcome): string | undefined {
  if (typeof outcome !== 'object' || outcome === null) return 'no outcome';
  switch (outcome.outcome) {
    case 'accepted':
      return isWord(outcome.providerId) ? undefined : 'accepted without a providerId';
    case 'rejected':
      return isWord(outcome.code) && isWord(outcome.reason) ? undefined : 'rejected needs a code and a reason';
    case 'not_sent': {
      const wait = outcome.retryAfterMs;
      if (!isWord(outcome.reason)) return 'not_sent needs a reason';
      return wait === undefined || (Number.isFinite(wait) && wait >= 0) ? undefined : 'retryAfterMs is no number of milliseconds';
    }
    case 'unknown': {
      const plain = Object.values(outcome.evidence ?? {}).every((value) => typeof value === 'string');
      return isWord(outcome.reason) && plain ? undefined : 'unknown needs a reason, and evidence of strings';
    }
    default:
      return 'none of the four outcomes';
  }
}

const isWord = (value: unknown): boolean => typeof value === 'string' && value !== '';

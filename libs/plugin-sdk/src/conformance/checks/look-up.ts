import type { LookUpAnswer } from '../../channel/look-up.js';
import type { OutboundMessage } from '../../channel/message.js';
import type { Check } from '../kit/check.js';
import { lineOf } from '../kit/requires.js';
import { onStage, PATIENCE_MS, type Stage } from '../kit/stage.js';
import { applicable, expect, Failed, shown, within } from '../kit/verdict.js';

/** Asking the provider what became of a message with an unknown end. */
export const lookUpChecks: readonly Check[] = [
  {
    name: 'look-up.found',
    title: 'A message whose answer was lost is found under the provider’s id, and asking sends nothing',
    run: (subject) => onStage(subject, {}, async (stage) => {
      applicable(stage.plugin.lookUp !== undefined, 'the plugin has no `lookUp`');
      const message = stage.message();
      stage.desk.onAttempt = async () => {
        lineOf(stage).cut();
        await stage.desk.silence();
      };
      await stage.send(message);
      const [attempt] = stage.desk.attempts;
      const answer = await lookUp(stage, message);
      const ids = answer.outcome === 'found' ? answer.candidates.map(({ providerId }) => providerId) : [];
      expect(attempt?.providerId !== undefined && ids.includes(attempt.providerId), `the provider has it as ${shown(attempt?.providerId)}, the plugin found ${shown(answer)}`);
      expect(stage.desk.attempts.length === 1, 'looking it up sent it once more');
    }),
  },
  {
    name: 'look-up.never-invents',
    title: 'A message that never left is not found, and a provider that is away knows nothing',
    run: (subject) => onStage(subject, {}, async (stage) => {
      applicable(stage.plugin.lookUp !== undefined, 'the plugin has no `lookUp`');
      const never = await lookUp(stage, stage.message());
      expect(never.outcome !== 'found' || never.candidates.length === 0, `a message that never left was found: ${shown(never)}`);
      lineOf(stage).fault = 'hang-up';
      lineOf(stage).cut();
      const away = await lookUp(stage, stage.message());
      expect(away.outcome === 'unsure', `the provider hung up: expected unsure, got ${shown(away)}: "absent" would send it again`);
    }),
  },
];

async function lookUp({ plugin }: Stage, message: OutboundMessage): Promise<LookUpAnswer> {
  const now = Date.now();
  const question = { message, sentAfter: new Date(now - 60_000), sentBefore: new Date(now + 60_000) };
  try {
    const asked = plugin.lookUp?.(question, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (asked === undefined) throw new Failed('the plugin has no `lookUp`');
    return await within(PATIENCE_MS * 2, asked, 'lookUp');
  } catch (error) {
    throw error instanceof Failed ? error : new Failed(`lookUp threw ${error instanceof Error ? error.name : 'something'}`);
  }
}

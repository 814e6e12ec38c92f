import type { Check } from '../kit/check.js';
import { lineOf, needsProvider } from '../kit/requires.js';
import { onStage, PATIENCE_MS } from '../kit/stage.js';
import { eventually, expect, shown } from '../kit/verdict.js';

/** The trait that says how many sends run at once. */
export const connectionChecks: readonly Check[] = [
  {
    name: 'send.connections',
    title: 'As many sends run at once as `traits.connections` says, over no more connections than that',
    run: async (subject) => {
      needsProvider(subject);
      await onStage(subject, { timeoutMs: 30_000 }, async (stage) => {
        const { connections } = stage.plugin.traits;
        const all = Promise.withResolvers<void>();
        stage.desk.onAttempt = () => all.promise;
        const sends = Array.from({ length: connections }, () => stage.send());
        void Promise.allSettled(sends);
        const together = await eventually(() => stage.desk.attempts.length >= connections, PATIENCE_MS);
        const inFlight = stage.desk.attempts.length;
        all.resolve();
        expect(together, `traits.connections is ${connections}, but the provider saw ${inFlight} at once: what waits inside becomes unknown in a crash`);
        const outcomes = await Promise.all(sends);
        const other = outcomes.find((outcome) => outcome.outcome !== 'accepted');
        expect(other === undefined, `of ${connections} at once, one came back as ${shown(other)}`);
        const { mostOpen } = lineOf(stage);
        expect(mostOpen <= connections, `traits.connections is ${connections}, but ${mostOpen} connections were open at once`);
      });
    },
  },
];

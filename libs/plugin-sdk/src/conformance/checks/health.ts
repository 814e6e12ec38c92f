import type { Check } from '../kit/check.js';
import { healthOf } from '../kit/health-of.js';
import { needsProvider } from '../kit/requires.js';
import { onStage } from '../kit/stage.js';
import { expect, shown } from '../kit/verdict.js';

/** What an operator is told. */
export const healthChecks: readonly Check[] = [
  {
    name: 'health.up',
    title: 'Well while the provider answers',
    run: (subject) => onStage(subject, {}, async (stage) => {
      const health = await healthOf(stage);
      expect(health.ok === true, `the provider is there, the plugin says ${shown(health)}`);
    }),
  },
  {
    name: 'health.down',
    title: 'Made even while the provider is away, and says that it is; never throws',
    run: async (subject) => {
      needsProvider(subject);
      await onStage(subject, { nobodyThere: true }, async (stage) => {
        const health = await healthOf(stage);
        expect(health.ok === false && typeof health.detail === 'string' && health.detail !== '', `nobody is there, the plugin says ${shown(health)}: ok false, with a detail`);
      });
    },
  },
];

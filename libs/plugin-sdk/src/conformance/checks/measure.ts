import type { Check } from '../kit/check.js';
import { onStage } from '../kit/stage.js';
import { applicable, expect, Failed, shown } from '../kit/verdict.js';

const TEXTS = ['', 'Yes', 'é'.repeat(100), 'a'.repeat(1_000), '🎉'.repeat(200), 'half \ud800 a pair'];

/** What a text costs, for previews. */
export const measureChecks: readonly Check[] = [
  {
    name: 'measure.pure',
    title: 'The same text costs the same each time, a longer one never less, and none throws',
    run: (subject) => onStage(subject, {}, async ({ plugin }) => {
      applicable(plugin.measure !== undefined, 'the plugin has no `measure`');
      const segments = (text: string): number => {
        try {
          return plugin.measure?.(text).segments ?? 0;
        } catch {
          throw new Failed(`measure threw at ${shown(text)}`);
        }
      };
      for (const text of TEXTS) {
        const [once, again, longer] = [segments(text), segments(text), segments(text + text)];
        expect(Number.isInteger(once) && once >= (text === '' ? 0 : 1), `${shown(text)} makes ${once} messages`);
        expect(once === again, `${shown(text)} makes ${once} messages, then ${again}`);
        expect(longer >= once, `${shown(text)} makes ${once} messages, twice as much text ${longer}`);
      }
    }),
  },
];

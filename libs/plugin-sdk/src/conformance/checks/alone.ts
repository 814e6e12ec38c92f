import { type Alone, runAlone } from '../child/run-alone.js';
import type { Check } from '../kit/check.js';
import type { Subject } from '../kit/subject.js';
import { canariesOf } from '../kit/traces.js';
import { expect } from '../kit/verdict.js';
import { expectQuiet } from './secrets.js';

const runs = new WeakMap<Subject, Promise<Alone>>();
const alone = (subject: Subject): Promise<Alone> => {
  const run = runs.get(subject) ?? runAlone(subject);
  runs.set(subject, run);
  return run;
};

/** The plugin in a process of its own. */
export const aloneChecks: readonly Check[] = [
  {
    name: 'close.frees-process',
    title: 'After `close` nothing keeps the process alive',
    run: async (subject) => {
      const { ended, code, holds, threw } = await alone(subject);
      expect(threw.length === 0, threw.join('; '));
      expect(ended, `the process did not end after close; it still holds ${holds.join(', ') || 'something'}`);
      expect(code === 0, `the process ended with code ${code}: something was thrown where nobody caught it`);
    },
  },
  {
    name: 'secrets.console',
    title: 'It prints no secret, address or text: the host has a logger',
    run: async (subject) => expectQuiet((await alone(subject)).printed.split('\n'), await canariesOf(subject)),
  },
];

import { condition, defineSignal, setHandler } from '@temporalio/workflow';
import { nudgeSignal } from './names.js';

/** Hears nudges, also those that come while something else is being done. */
export interface NudgeBell {
  /** Somebody has nudged since the last answer. */
  readonly rung: boolean;
  /** About to look at the row: whoever nudges from now on wants another look. */
  answer(): void;
  /** Until somebody nudges, at most `ms`. */
  wait(ms?: number): Promise<void>;
}

/** Hangs up the bell of a workflow; at its very beginning, so that no nudge finds nobody listening. */
export function nudgeBell(): NudgeBell {
  let rung = false;
  setHandler(defineSignal(nudgeSignal), () => {
    rung = true;
  });
  return {
    get rung() {
      return rung;
    },
    answer() {
      rung = false;
    },
    async wait(ms) {
      if (ms === undefined) await condition(() => rung);
      // Never 0: the SDK reads that as something else than a wait of no length.
      else await condition(() => rung, Math.max(1, Math.ceil(ms)));
    },
  };
}

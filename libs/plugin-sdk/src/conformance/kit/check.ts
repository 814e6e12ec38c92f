import type { Subject } from './subject.js';

/** One thing every channel keeps. */
export interface Check {
  /** What the report and `--only` call it. */
  readonly name: string;
  /** What is expected, as a sentence. */
  readonly title: string;
  /** Throws `Failed` or `NotApplicable`; any other error is a failure too. */
  run(subject: Subject): Promise<void>;
}

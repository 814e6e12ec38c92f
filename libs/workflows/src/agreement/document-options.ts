import type { ActivityOptions } from '@temporalio/workflow';
import { outsideOptions } from '../options.js';

/** A few minutes of a broken document maker; then it is tried again at the window's next step. */
export const documentOptions: ActivityOptions = { ...outsideOptions, retry: { ...outsideOptions.retry, maximumAttempts: 8 } };

/** Nobody waits for it any more, so it is tried seldom and long. */
export const signedDocumentOptions: ActivityOptions = {
  ...outsideOptions,
  scheduleToCloseTimeout: '30 days',
  retry: { ...outsideOptions.retry, maximumInterval: '1 hour' },
};

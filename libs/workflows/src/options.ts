import type { ActivityOptions } from '@temporalio/workflow';

/** Database work: repeatable because every row guards itself, so it is tried until the database is back. */
export const factOptions: ActivityOptions = {
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
};

/** A call to the outside. The claim in the row, not the retry policy, keeps it from happening twice. */
export const outsideOptions: ActivityOptions = {
  // Longer than a channel's own patience, so that it is the plugin that gives up, and can say how.
  startToCloseTimeout: '4 minutes',
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' },
};

/** A batch of sends: long, and quick to be taken over when its worker dies. */
export const batchOptions: ActivityOptions = {
  ...outsideOptions,
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout: '4 seconds',
};

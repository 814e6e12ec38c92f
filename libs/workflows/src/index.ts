export type * from './activities.js';
export type * from './refs.js';
export { nudgeSignal, workflowIds, workflowTypes } from './names.js';
export type { CommandAnswer, CommandInput, CommandUpdateName } from './names.js';
export { mainQueue, slackQueue } from './task-queues.js';

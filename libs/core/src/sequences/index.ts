export { getSequence, listRuns, listSequences, type RunFilter, type RunView, type SequenceView } from './list-sequences.js';
export { runStep } from './run-step.js';
export { archiveSequence, changeSequence, createSequence } from './save-sequence.js';
export { runStatuses, stopReasons } from './sequence-run.entity.js';
export { startRuns, type StartedRuns, type StartRunsInput } from './start-runs.js';
export { sequenceSchema, stepSchema, type SequenceInput, type Step } from './steps.js';
export { stopRun, stopSequence } from './stop-runs.js';

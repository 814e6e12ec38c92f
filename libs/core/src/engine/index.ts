export { cleanUp } from './clean-up.js';
export { dueKinds, scheduleDue, type DueKind, type DueRequest } from './due.js';
export { dueLag } from './sweeper/due-lag.js';
export { errorLabel } from './error-label.js';
export { outbox, outboxChannel, type OutboxKind, type OutboxKinds } from './outbox.js';
export type { RelayItem } from './relay/claim.js';
export { Relay, type RelayHealth, type RelayParts } from './relay/relay.js';
export type { DueCall, DueHandler, DueHandlers, DueStep } from './sweeper/due-handlers.js';
export { sweepDue, type SweepParts, type SweepResult } from './sweeper/sweep-due.js';

export { EngineClient, EngineClosedError, type CommandCall } from './engine-client.js';
export { deliver, type EngineItem } from './deliver.js';
export { lazyEngine, type EngineAddress } from './connect.js';
export { nudge, startOnce, wake } from './starts.js';
export { traceOf } from './tracing.js';
export { isKnown } from './is-known.js';

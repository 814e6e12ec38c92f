export type { Logger, LogLevel, LogMethod } from './logger.js';
export { logLevels } from './logger.js';
export { createLogger, type LoggerOptions } from './create-logger.js';
export { redact } from './redact.js';
export { scrubText } from './scrub-text.js';
export { withLogFields } from './log-context.js';

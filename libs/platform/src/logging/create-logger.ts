import { pino, stdTimeFunctions, type DestinationStream, type Logger as Pino } from 'pino';
import { traceFields } from '../telemetry/trace.js';
import { logFields } from './log-context.js';
import type { Logger, LogLevel, LogMethod } from './logger.js';
import { redact, redactFields } from './redact.js';
import { scrubText } from './scrub-text.js';

export interface LoggerOptions {
  level: LogLevel;
  /** The process: `api`, `worker`, `slackbot`. */
  name: string;
  /** Standard output unless given. */
  destination?: DestinationStream;
}

/** Makes a logger that writes lines of JSON, each redacted as `redact` says. */
export function createLogger({ level, name, destination }: LoggerOptions): Logger {
  // `redact` has described errors already; pino's own serializer would do it again, and worse.
  const options = { level, name, base: { pid: process.pid }, timestamp: stdTimeFunctions.isoTime, serializers: { err: (value: unknown) => value } };
  return wrap(destination ? pino(options, destination) : pino(options));
}

/** Around pino rather than its own redaction, which knows fixed paths only and not any depth. */
function wrap(inner: Pino): Logger {
  const method = (level: Exclude<LogLevel, 'silent'>): LogMethod => {
    return (first: object | string, message?: string) => {
      if (!inner.isLevelEnabled(level)) return;
      const around = { ...redactFields(logFields()), ...traceFields() };
      if (typeof first === 'string') inner[level](around, scrubText(first));
      else if (first instanceof Error) inner[level]({ ...around, err: redact(first) }, scrubText(message ?? ''));
      else inner[level]({ ...around, ...redactFields(first) }, message === undefined ? undefined : scrubText(message));
    };
  };
  return {
    fatal: method('fatal'),
    error: method('error'),
    warn: method('warn'),
    info: method('info'),
    debug: method('debug'),
    trace: method('trace'),
    child: (fields) => wrap(inner.child(redactFields(fields))),
  };
}

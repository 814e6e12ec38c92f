/** From quiet to talkative; `silent` writes nothing. */
export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Writes one line: fields and a message, or a message alone. An error goes into the field `err`. */
export interface LogMethod {
  (fields: object, message?: string): void;
  (message: string): void;
}

/** Writes lines of JSON without secrets and personal data: ids and codes belong in fields, people don't. */
export interface Logger {
  fatal: LogMethod;
  error: LogMethod;
  warn: LogMethod;
  info: LogMethod;
  debug: LogMethod;
  trace: LogMethod;
  /** A logger that adds these fields to each of its lines. */
  child(fields: object): Logger;
}

import type { z } from 'zod';

/** A variable of the environment: how it is read and how people are told about it. */
export interface Variable<Schema extends z.ZodType = z.ZodType> {
  name: string;
  /** Reads the text; its `.meta({ description })` is what the documentation says. */
  schema: Schema;
  /** What to do when it is missing or wrong. */
  fix: string;
  /** Taken, as if it had been written, when the variable is not set. */
  fallback?: string;
  /** Without it and without a fallback, the process doesn't start. */
  optional?: boolean;
  secret?: boolean;
}

/** What reading a variable gives: undefined only for an optional one without a fallback. */
export type ValueOf<V> = V extends Variable<infer Schema>
  ? V extends { optional: true } ? z.output<Schema> | undefined : z.output<Schema>
  : never;

import type { Budget } from './budget.js';
import type { Target } from './target.js';

/** What one rendering carries beside the data; helpers find it in Handlebars' data frame, templates do not. */
export interface Frame {
  readonly target: Target;
  /** Names of variables that had no value. */
  readonly missing: Set<string>;
  readonly locale: string;
  /** The zone instants are shown in; undefined when the data has none. */
  readonly zone: string | undefined;
  readonly budget: Budget;
}

/** Reads our frame out of a helper's last argument. */
export function frameOf(options: { data?: unknown }): Frame {
  const data = options.data;
  if (typeof data !== 'object' || data === null || !('frame' in data)) throw new Error('a helper was called outside a rendering');
  return data.frame as Frame;
}

/** The locale a helper writes in: its own `locale=`, else the data's. */
export function localeOf(options: { data?: unknown; hash: Record<string, unknown> }): string {
  const own: unknown = options.hash.locale;
  return typeof own === 'string' ? own : frameOf(options).locale;
}

/**
 * Rows that a migration fills for the time before it, page by page and each page in a transaction of its own, as every workspace in turn.
 * May be run again from its beginning.
 */
export interface Backfill {
  /** Ids greater than `$1`, in their order and not too many. */
  page: string;
  /** What to do for the ids `$1`. */
  sql: string;
}

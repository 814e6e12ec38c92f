/**
 * The database's real clock, in ms: the one clock all processes share. A rate is about real seconds, whatever time the
 * business has, so this is not the injected clock.
 */
// oxlint-disable-next-line sevenfold/no-ambient-time
export const databaseMs = '(extract(epoch from clock_timestamp()) * 1000)::float8';

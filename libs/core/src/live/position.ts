/** How far somebody has heard: which transactions they have seen, in which database, and when. */
export interface Position {
  /** Which database it was: after a restore elsewhere transactions count anew. */
  epoch: string;
  /** Postgres' snapshot: `xmin:xmax:xip,…`. */
  snapshot: string;
  /** ms since the epoch. */
  at: number;
}

/** How old a position may be that one goes on from: hints are kept for longer, so none of those after it is gone. */
export const resumableMs = 45 * 60_000;

/** A snapshot with many transactions in progress is cut down to its beginning: then some is heard twice, and nothing missed. */
const longestSnapshot = 300;

/** As the id of an event. */
export function formatPosition({ epoch, snapshot, at }: Position): string {
  const [xmin] = snapshot.split(':');
  const kept = snapshot.length <= longestSnapshot ? snapshot : `${xmin}:${xmin}:`;
  return `${epoch}~${kept}~${at}`;
}

/** Null for anything that was no position of ours, which then means: read everything again. */
export function parsePosition(text: string): Position | null {
  const [, epoch, snapshot, at] = /^([\w.-]{1,60})~(\d{1,19}:\d{1,19}:[\d,]{0,300})~(\d{1,15})$/.exec(text) ?? [];
  return epoch === undefined || snapshot === undefined || at === undefined ? null : { epoch, snapshot, at: Number(at) };
}

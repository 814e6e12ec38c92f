import { DomainError } from '@sevenfold/domain/errors';

/** One page of a list. `nextCursor` is null on the last one. */
export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}

export interface PageRequest {
  cursor?: string | undefined;
  limit: number;
}

/** Where a page ended: the sort key (an instant as ISO 8601, or a name) and the id that breaks ties. */
export interface Position {
  key: string;
  id: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** @throws DomainError `invalid_fields` when the cursor is not one of ours */
export function readCursor(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const cut = text.lastIndexOf('|');
  const id = text.slice(cut + 1);
  const key = text.slice(0, cut);
  if (cut < 0 || !uuid.test(id) || key.includes('\0')) throw foreignCursor();
  return { key, id };
}

function foreignCursor(): DomainError {
  return new DomainError('invalid_fields', {
    fields: [{ path: 'cursor', message: 'Pass the nextCursor of the page before, unchanged' }],
  });
}

/** The same for lists sorted by an instant. @throws DomainError `invalid_fields` when it holds none */
export function readInstantCursor(cursor: string | undefined): Position | null {
  const position = readCursor(cursor);
  if (position !== null && !isInstant(position.key)) throw foreignCursor();
  return position;
}

/** The same for lists sorted by a whole number. @throws DomainError `invalid_fields` when it holds none */
export function readNumberCursor(cursor: string | undefined): number | null {
  const position = readCursor(cursor);
  if (position !== null && !/^\d{1,9}$/.test(position.key)) throw foreignCursor();
  return position === null ? null : Number(position.key);
}

/** As we write them. JavaScript takes much else for an instant (`1`, 30 February), which the database would then refuse as if it were our fault. */
function isInstant(key: string): boolean {
  if (!/^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(key)) return false;
  const at = new Date(key);
  return !Number.isNaN(at.getTime()) && at.toISOString() === key;
}

/** Opaque to callers, so that what is inside may change. */
export function writeCursor({ key, id }: Position): string {
  return Buffer.from(`${key}|${id}`, 'utf8').toString('base64url');
}

/**
 * Makes a page of rows fetched with `limit + 1`.
 * @param position the sort key and id of a row
 */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  position: (row: Row) => Position,
  present: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(present),
    nextCursor: rows.length > limit && last !== undefined ? writeCursor(position(last)) : null,
  };
}

import type { KeyRing } from '@sevenfold/platform/crypto';
import type { SystemDatabase } from '../system/system-database.js';
import { answerKeyOwner } from '../idempotency/answer.js';
import { keyOwnerName } from './vault.js';

/** Where wrapped keys are, and whose each is: a key is wrapped for its owner. */
const places = [
  { table: 'data_key', column: 'wrapped', owner: (row: Row) => keyOwnerName(row.workspace_id, row.creator_id) },
  { table: 'idempotency_record', column: 'wrapped_key', owner: (row: Row) => answerKeyOwner(row.id) },
] as const;

interface Row {
  id: string;
  workspace_id: string;
  creator_id: string | null;
  wrapped: string;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Wraps every key of every workspace by the ring's current key; afterwards no older one is needed. The keys themselves, and
 * what they sealed, stay as they are. Runs beside the product, in small transactions; cut off, it is simply run again.
 * @param batch how many rows are read at once
 * @returns how many were wrapped anew, and how many already were
 * @throws UnreadableError `unknown_key` when one was wrapped by a key that has left the ring
 */
export async function rotateKeys(system: SystemDatabase, keyRing: KeyRing, batch = 500): Promise<{ rewrapped: number; current: number }> {
  const done = { rewrapped: 0, current: 0 };
  for (const place of places) {
    for (let after: string | undefined = nobody; after !== undefined; ) {
      const step: Step = await rotateSome(system, keyRing, place, after, batch);
      done.rewrapped += step.rewrapped;
      done.current += step.current;
      after = step.last;
    }
  }
  return done;
}

interface Step {
  rewrapped: number;
  current: number;
  /** Where to go on; undefined at the end. */
  last: string | undefined;
}

async function rotateSome(system: SystemDatabase, keyRing: KeyRing, { table, column, owner }: (typeof places)[number], after: string, batch: number): Promise<Step> {
  return system.transaction(async (em) => {
    const rows = await em.execute<Row[]>(
      `select id, workspace_id, ${table === 'data_key' ? 'creator_id' : 'null::uuid as creator_id'}, ${column} as wrapped
         from ${table} where id > ? and ${column} is not null order by id limit ? for no key update`,
      [after, batch],
    );
    const changed = rows.flatMap((row) => {
      const wrapped = keyRing.rewrap(row.wrapped, owner(row));
      return wrapped === null ? [] : [{ id: row.id, wrapped }];
    });
    if (changed.length > 0) {
      await em.execute(
        `update ${table} t set ${column} = r.wrapped from json_to_recordset(?::json) as r(id uuid, wrapped text) where t.id = r.id`,
        [JSON.stringify(changed)],
      );
    }
    return { rewrapped: changed.length, current: rows.length - changed.length, last: rows.at(-1)?.id };
  });
}

import type { Pool } from 'pg';

/** The server cannot go on with what it once prepared: a migration has changed what comes out. It has done nothing. */
const preparedForAnother = '0A000';

const all = new Map<string, Prepared>();
let names = 0;

/** A statement that each connection prepares once: the server plans it the first few times only. */
export class Prepared {
  #name = '';

  /** @param sql with `$1`… for its values; one of few constant texts, since each connection keeps it until it ends */
  constructor(readonly sql: string) {
    this.renew('');
    all.set(sql, this);
  }

  /** Its name on a connection. */
  get name(): string {
    return this.#name;
  }

  /** From now on another name than `last`, under which every connection prepares it anew. */
  renew(last: string): void {
    if (this.#name !== last) return; // somebody has
    names += 1;
    this.#name = `sevenfold_${names}`;
  }
}

/**
 * How the server plans what looks everything up by its key: once for each connection, and never by reading a table whole, nor a workspace. What it
 * knows of a table's size may be from before a broadcast wrote its thousands, and a plan made by that would be kept.
 */
export const byKey = { enable_seqscan: 'off', enable_bitmapscan: 'off', plan_cache_mode: 'force_generic_plan' };

/** Whether an error says that a connection must prepare a statement anew; it does, when it is asked again. */
export function isPreparedForAnother(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === preparedForAnother;
}

/** Lets the connections of a pool prepare each {@link Prepared}, whoever sends its text. */
export function sendPrepared(pool: Pool): void {
  pool.on('connect', (client) => {
    const send = client.query.bind(client);
    const query = (text: unknown, values?: unknown, ...rest: unknown[]): unknown => {
      const statement = typeof text === 'string' && Array.isArray(values) && rest.length === 0 ? all.get(text) : undefined;
      if (!statement) return Reflect.apply(send, client, [text, values, ...rest]);
      const { name, sql } = statement;
      return send({ name, text: sql, values: values as unknown[] }).catch((error: unknown) => {
        if (isPreparedForAnother(error)) statement.renew(name);
        throw error;
      });
    };
    Reflect.defineProperty(client, 'query', { configurable: true, writable: true, value: query });
  });
}

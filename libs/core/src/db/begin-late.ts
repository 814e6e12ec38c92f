import type { Pool, QueryResult } from 'pg';

/** What our transactions begin with, after `begin`: the workspace whose rows exist inside, and how the server plans. */
const context = /^select set_config\('app\.workspace', '[0-9a-f-]{36}', true\)(, set_config\('[a-z_]+', '[a-z_]+', true\))*$/;

const nothing: QueryResult = { command: '', rowCount: null, oid: 0, fields: [], rows: [] };

/**
 * Lets a transaction begin with its first statement: `begin`, the workspace and the statement go to the server as one message and are
 * done there in this order, which is two exchanges instead of four for a transaction of one statement. No statement can run without what
 * stands before it: where that fails, the server skips the rest of the message.
 */
export function beginLate(pool: Pool): void {
  const held = new WeakMap<object, string[]>();
  pool.on('connect', (client) => {
    const send = client.query.bind(client);
    const query = (text: unknown, values?: unknown, ...rest: unknown[]): unknown => {
      const before = held.get(client);
      const plain = typeof text === 'string' && rest.length === 0 && (values === undefined || (Array.isArray(values) && values.length === 0));
      if (plain && (text === 'begin' || (before && context.test(text)))) {
        held.set(client, [...(before ?? []), text]);
        return Promise.resolve(nothing);
      }
      held.delete(client);
      if (plain && before && (text === 'commit' || text === 'rollback')) return Promise.resolve(nothing); // nothing was done
      if (plain && before) return send([...before, text].join('; ')).then(last);
      // With parameters: the two are on their way together, the server does them in this order.
      if (before) send(before.join('; ')).catch(() => undefined); // then it finds no workspace, and no rows
      return Reflect.apply(send, client, [text, values, ...rest]);
    };
    Reflect.defineProperty(client, 'query', { configurable: true, writable: true, value: query });
  });
  // Nobody gives a connection back in the middle of a transaction; if somebody did, the next is not to be in it.
  pool.on('release', (_error, client) => held.delete(client));
}

/** Several statements have several results; what was asked for comes last. */
function last(result: QueryResult | QueryResult[]): QueryResult {
  return Array.isArray(result) ? (result.at(-1) ?? nothing) : result;
}

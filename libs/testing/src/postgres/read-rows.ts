import pg from 'pg';

/** Runs one statement on a connection of its own, with all the rights of the address's user: for what no page shows. */
export async function readRows<T extends object>(url: string, sql: string, values: readonly unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

import pg from 'pg';

/** Runs a statement as the product does: as role `app`, in one transaction bound to the workspace. */
export async function framed(client, workspaceId, { text, values, name }) {
  await client.query('begin');
  await client.query({ name: 'context', text: `select set_config('app.workspace', $1, true)`, values: [workspaceId] });
  const { rows } = await client.query({ name, text, values });
  await client.query('commit');
  return rows;
}

/** One connection. */
export async function connected(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

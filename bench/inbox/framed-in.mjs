import { framed } from './framed.mjs';

/** The same on a connection of a pool. */
export async function framedIn(pool, workspaceId, statement) {
  const client = await pool.connect();
  try {
    return await framed(client, workspaceId, statement);
  } finally {
    client.release();
  }
}

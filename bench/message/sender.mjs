import { connect, Database } from '@sevenfold/core/db';
import { queueMessage } from '@sevenfold/core/inbox';
import { SystemDatabase } from '@sevenfold/core/system';
import { ensureFirstWorkspace } from '@sevenfold/core/workspaces';
import { systemClock } from '@sevenfold/platform/clock';
import { addressHash, KeyRing } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import { createRegistry } from '@sevenfold/plugin-sdk';

/** A workspace with one creator who reads mail, and the way a message to them is queued. */
export async function startSender({ env }) {
  const keyRing = KeyRing.parse(env.KEY_RING);
  const services = { keyRing, plugins: createRegistry([]), publicUrl: env.PUBLIC_URL };
  const db = new Database(await connect(env.DATABASE_URL, 4), systemClock, services);
  const system = new SystemDatabase(await connect(env.DATABASE_URL_SYSTEM, 2), systemClock);
  const { workspaceId } = await ensureFirstWorkspace(system, services);
  const creatorId = newId();
  const address = 'ada@example.com';
  await system.transaction(async (em) => {
    await em.execute(
      `insert into creator (id, workspace_id, created_at, name, languages, in_network, newsletter_opt_in, updated_at) values (?, ?, now(), 'Ada', '[]', true, false, now())`,
      [creatorId, workspaceId],
    );
    await em.execute(
      `insert into contact_point (id, workspace_id, created_at, creator_id, channel, address, address_hash) values (gen_random_uuid(), ?, now(), ?, 'email', ?, ?)`,
      [workspaceId, creatorId, address, addressHash(keyRing, 'email', address)],
    );
  });
  const scope = { workspaceId, actor: { kind: 'system', via: 'setup' } };
  const texts = { subject: 'Your campaign', text: 'Seven days, one campaign. Will you take part?', html: '<p>Seven days, one campaign. Will you take part?</p>' };
  return {
    workspaceId,
    /** Writes a message as the product does, and commits. */
    queue: () => db.inWorkspace(scope, (tx) => queueMessage(tx, { creatorId, kind: 'chat', texts, dedupeKey: newId(), automatic: false, purpose: 'conversation' })),
    close: async () => {
      await db.close();
      await system.close();
    },
  };
}

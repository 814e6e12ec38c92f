import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accepted } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { asAdmin } from '@sevenfold/testing/postgres';
import { createDraft, draftSchema, sendBatch, sendBroadcast } from '../index.js';

const mail = fakeChannel({ channel: 'email', traits: { connections: 20, bodyTemplate: 'html' } });
const tables = ['message', 'delivery', 'thread', 'thread_facet'];

let world: MessagingWorld;
const admin = async <T>(sql: string, values: unknown[] = []): Promise<T[]> => asAdmin(world.database.adminUrl, async (client) => (await client.query(sql, values)).rows);
beforeAll(async () => {
  world = await messagingWorld([mail]);
  mail.answer = (message) => accepted(message.id);
  // As the first broadcasts of an installation find them: the server has not looked at its tables since they were empty.
  for (const table of tables) await admin(`alter table ${table} set (autovacuum_enabled = false)`);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

/** Creators of a group, with a mail address. */
async function fill(count: number, group: string): Promise<void> {
  await admin(
    `with c as (insert into creator (id, workspace_id, created_at, name, languages, in_network, newsletter_opt_in, updated_at)
       select gen_random_uuid(), $1, now(), $2 || ' ' || n, '[]', true, true, now() from generate_series(1, $3::int) n returning id)
     insert into contact_point (id, workspace_id, created_at, creator_id, channel, address, address_hash)
       select gen_random_uuid(), $1, now(), id, 'email', id || '@creators.test', md5(id::text) from c`,
    [world.workspaceId, group, count],
  );
}

/** Writes and sends a broadcast to a group. @returns the rows the server has read for it */
async function readFor(group: string): Promise<number> {
  const before = await rowsRead();
  const id = await world.run(async (tx) => {
    const draft = draftSchema.parse({ name: group, texts: { text: 'Hi' }, recipients: { filter: { q: group } } });
    const { broadcastId } = await createDraft(tx, draft);
    await sendBroadcast(tx, broadcastId);
    return broadcastId;
  });
  for (let batches = 0; !(await sendBatch(world.db, { workspaceId: world.workspaceId, broadcastId: id })).done; batches += 1) expect(batches).toBeLessThan(100);
  return (await rowsRead()) - before;
}

/** Connections tell what they have read once a second, if they are asked something then. */
async function rowsRead(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await Promise.all(Array.from({ length: 10 }, () => world.run((tx) => tx.em.execute('select pg_sleep(0.05)'))));
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const [row] = await admin<{ read: number }>('select sum(seq_tup_read + idx_tup_fetch)::int as read from pg_stat_user_tables where relname = any($1)', [tables]);
  return row?.read ?? 0;
}

test('what is read grows with the recipients and not with their square, though the server knows of none of them yet', async () => {
  await fill(500, 'Few');
  await fill(2_500, 'Many');
  const few = await readFor('Few');
  const many = await readFor('Many');
  const again = await readFor('Many');
  expect(few).toBeGreaterThan(500);
  expect(many / few).toBeLessThan(5.1);
  // Their threads are there already, and are touched.
  expect(again / many).toBeLessThan(1.5);
}, 120_000);

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { asAdmin } from '@sevenfold/testing/postgres';

const count = 30_000;
let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([fakeChannel({ channel: 'email' })]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

/** Queued messages, each in a thread of its own. @returns their broadcast */
async function queued(): Promise<string> {
  const broadcastId = newId();
  await asAdmin(world.database.adminUrl, async (client) => {
    await client.query(`insert into broadcast (id, workspace_id, created_at, kind, dedupe_key, status, total) values ($1, $2, now(), 'bulk', gen_random_uuid()::text, 'sending', $3)`, [broadcastId, world.workspaceId, count]);
    await client.query(
      `with c as (insert into creator (id, workspace_id, created_at, name, languages, in_network, newsletter_opt_in, updated_at)
         select gen_random_uuid(), $1, now(), 'C ' || n, '[]', true, true, now() from generate_series(1, $3::int) n returning id),
       t as (insert into thread (id, workspace_id, created_at, creator_id, unread, version, last_message_at, last_direction)
         select gen_random_uuid(), $1, now(), id, 0, 1, now(), 'out' from c returning id, creator_id)
       insert into message (id, workspace_id, created_at, thread_id, creator_id, direction, kind, purpose, automatic, dedupe_key, broadcast_id, channel, text, status)
         select gen_random_uuid(), $1, now(), id, creator_id, 'out', 'bulk', 'notice', false, id::text, $2, 'email', 'x', 'queued' from t`,
      [world.workspaceId, broadcastId, count],
    );
  });
  return broadcastId;
}

test('a connection that has changed one message changes thirty thousand without comparing each with each', async () => {
  const broadcastId = await queued();
  await world.run(async (tx) => {
    // What the triggers do is planned for one row, and the plan kept.
    await tx.em.execute(`update message set status = 'failed' where id = (select id from message where broadcast_id = ? limit 1)`, [broadcastId]);
    await tx.em.execute(`update thread set last_message_at = last_message_at + interval '1 second' where id = (select id from thread limit 1)`);
    // Each with each would be nine hundred million comparisons, and take minutes.
    await tx.em.execute(`set local statement_timeout = '25s'`);
    const messages = await tx.em.execute<{ id: string }[]>(`update message set status = 'failed', code = 'cancelled' where broadcast_id = ? returning id`, [broadcastId]);
    const threads = await tx.em.execute<{ id: string }[]>(`update thread set last_message_at = last_message_at + interval '1 second' returning id`);
    expect([messages.length, threads.length]).toEqual([count, count]);
  });
  const [row] = await world.rows<{ late: number }>('select count(*)::int as late from thread_facet f join thread t on t.id = f.thread_id where f.last_message_at <> t.last_message_at');
  expect(row?.late).toBe(0);
}, 120_000);

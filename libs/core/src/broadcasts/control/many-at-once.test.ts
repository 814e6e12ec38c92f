import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { asAdmin } from '@sevenfold/testing/postgres';
import type { Tx } from '../../db/tx.js';
import { retryFailed } from '../results/send-again.js';
import { cancelBroadcast } from './cancel-broadcast.js';

const count = 30_000;
let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([fakeChannel({ channel: 'email' })]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

/** Messages that failed, each in a thread of its own. @returns their broadcast */
async function failed(): Promise<string> {
  const broadcastId = newId();
  await asAdmin(world.database.adminUrl, async (client) => {
    await client.query(`insert into broadcast (id, workspace_id, created_at, kind, dedupe_key, status, sent_at, total) values ($1, $2, now(), 'bulk', gen_random_uuid()::text, 'done', now(), $3)`, [broadcastId, world.workspaceId, count]);
    await client.query(
      `with c as (insert into creator (id, workspace_id, created_at, name, languages, in_network, newsletter_opt_in, updated_at)
         select gen_random_uuid(), $1, now(), 'C ' || n, '[]', true, true, now() from generate_series(1, $3::int) n returning id),
       t as (insert into thread (id, workspace_id, created_at, creator_id, unread, version, last_message_at, last_direction)
         select gen_random_uuid(), $1, now(), id, 0, 1, now(), 'out' from c returning id, creator_id)
       insert into message (id, workspace_id, created_at, thread_id, creator_id, direction, kind, purpose, automatic, dedupe_key, broadcast_id, channel, text, status, code)
         select gen_random_uuid(), $1, now(), id, creator_id, 'out', 'bulk', 'notice', false, id::text, $2, 'email', 'x', 'failed', '550' from t`,
      [world.workspaceId, broadcastId, count],
    );
  });
  return broadcastId;
}

test('a connection that has changed one message sends thirty thousand again, or cancels them, without comparing each with each', async () => {
  const broadcastId = await failed();
  // What the triggers do is planned for one row, and the plan kept by the connection.
  const atOnce = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => world.run(async (tx) => {
    await tx.em.execute(`update message set status = status, code = '551' where id = (select id from message where broadcast_id = ? limit 1)`, [broadcastId]);
    await tx.em.execute(`update thread set last_message_at = last_message_at + interval '1 second' where id = (select id from thread limit 1)`);
    // Each with each would be nine hundred million comparisons, and take minutes.
    await tx.em.execute(`set local statement_timeout = '25s'`);
    return work(tx);
  });
  expect(await atOnce((tx) => retryFailed(tx, broadcastId))).toEqual({ retried: count });
  expect(await atOnce((tx) => cancelBroadcast(tx, broadcastId))).toEqual({ cancelled: count });
  await atOnce((tx) => tx.em.execute(`update thread set last_message_at = last_message_at + interval '1 second'`));
  const [row] = await world.rows<{ facets: number; late: number }>(
    'select count(*)::int as facets, (count(*) filter (where f.last_message_at <> t.last_message_at))::int as late from thread_facet f join thread t on t.id = f.thread_id');
  expect(row).toEqual({ facets: count, late: 0 });
}, 120_000);

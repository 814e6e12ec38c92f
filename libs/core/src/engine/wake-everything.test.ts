import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { wakeEverything } from './wake-everything.js';

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const items = () => world.rows<{ kind: string; payload: object }>('select kind, payload from outbox_item where done_at is null order by kind');

test('writes one item for each row that something waits for, and none twice', async () => {
  const running = await world.addCampaign();
  await world.rows(`update campaign set status = 'published' where id = ?`, [running]);
  const started = await world.addCampaign();
  await world.rows(`update campaign set status = 'started' where id = ?`, [started]);
  await world.rows('delete from outbox_item');

  expect(await wakeEverything(world.system)).toBe(2);
  expect(await items()).toEqual([
    { kind: 'campaign.wake', payload: { campaignId: running } },
    { kind: 'due.changed', payload: {} },
  ]);
  expect(await wakeEverything(world.system)).toBe(0);
  await world.rows('update outbox_item set done_at = available_at');
  expect(await wakeEverything(world.system)).toBe(2);
});

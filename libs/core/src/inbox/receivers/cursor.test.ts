import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { cursorOf } from './cursor.js';

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

test('a cursor is kept for whoever comes next', async () => {
  const cursor = cursorOf(world.system, 'email', 'box');
  expect(await cursor.get()).toBeUndefined();
  await cursor.set({ uidValidity: '7', uid: 3 });
  await cursor.set({ uidValidity: '7', uid: 4 });
  expect(await cursorOf(world.system, 'email', 'box').get()).toEqual({ uidValidity: '7', uid: 4 });
  expect(await cursorOf(world.system, 'email', 'other').get()).toBeUndefined();
});

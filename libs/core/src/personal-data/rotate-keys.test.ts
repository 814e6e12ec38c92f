import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createKeyRing, KeyRing } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { connect, Database } from '../db/index.js';
import { claimKey, storeAnswer } from '../idempotency/index.js';
import { openJson, rotateKeys, sealJson } from './index.js';

const [old, fresh] = [{ id: 'k1', key: Buffer.alloc(32, 7) }, { id: 'k2', key: Buffer.alloc(32, 9) }];

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

test('wraps every key of every workspace anew, after which the old one may go', async () => {
  const creators = [await world.addCreator(), await world.addCreator(), await world.addCreator()];
  const elsewhere = { ...world.scope, workspaceId: await world.addWorkspace() };
  const stranger = await world.addCreator({}, elsewhere.workspaceId);
  const request = { actorKey: 'a', route: 'POST /x', key: newId(), bodyHash: 'h' };
  await world.run(async (tx) => {
    await sealJson(tx, 'workspace', 'p', 'ours');
    const claim = await claimKey(tx, request);
    if (claim.state === 'mine') await storeAnswer(tx, claim.recordId, { status: 201, headers: {}, body: 'answer' });
  });
  const sealed = await world.run((tx) => Promise.all(creators.map((creatorId) => sealJson(tx, { creatorId }, 'p', creatorId))));
  const theirs = await world.db.inWorkspace(elsewhere, (tx) => sealJson(tx, { creatorId: stranger }, 'p', 'theirs'));
  // One was erased: there is nothing left to wrap.
  await world.rows('update data_key set wrapped = null where creator_id = ?', [creators[2]]);

  const both = createKeyRing([fresh, old], Buffer.alloc(32, 1));
  expect(await rotateKeys(world.system, both, 2)).toEqual({ rewrapped: 5, current: 0 });
  expect(await rotateKeys(world.system, both)).toEqual({ rewrapped: 0, current: 5 });

  const only = KeyRing.parse(`k2:${fresh.key.toString('base64')}`);
  const db = new Database(await connect(world.database.appUrl, 2), world.clock, { ...world.db.services, keyRing: only });
  try {
    expect(await db.inWorkspace(world.scope, (tx) => openJson(tx, { creatorId: creators[0] ?? '' }, 'p', sealed[0] ?? Buffer.alloc(0)))).toBe(creators[0]);
    expect(await db.inWorkspace(elsewhere, (tx) => openJson(tx, { creatorId: stranger }, 'p', theirs))).toBe('theirs');
    expect(await db.inWorkspace(world.scope, (tx) => claimKey(tx, request))).toMatchObject({ state: 'done', answer: { body: 'answer' } });
  } finally {
    await db.close();
  }
  await expect(rotateKeys(world.system, createKeyRing([old]))).rejects.toMatchObject({ code: 'unknown_key' });
});

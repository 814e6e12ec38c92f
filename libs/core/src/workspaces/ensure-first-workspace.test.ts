import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { coreWorld, type CoreWorld } from '@sevenfold/testing/factories';
import pg from 'pg';
import { resolveApiToken } from '../team/index.js';
import { ensureFirstWorkspace } from './index.js';

let world: CoreWorld;
beforeAll(async () => {
  world = await coreWorld();
  // As on a first start: only the superuser may empty tables.
  const admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
  await admin.query('truncate workspace cascade');
  await admin.end();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const ensure = (token?: string) => ensureFirstWorkspace(world.system, world.services, token);
const holds = async (token: string) => (await resolveApiToken(world.system, token)) !== null;

test('a configured token opens the first workspace as its owner, and only the newest one does', async () => {
  const [first, ...rest] = await Promise.all([1, 2, 3].map(() => ensure('a-token-of-the-operator')));
  expect([first, ...rest].filter((each) => each?.created)).toHaveLength(1);
  if (!first) throw new Error('nothing was made');
  expect(await resolveApiToken(world.system, 'a-token-of-the-operator')).toMatchObject({
    workspaceId: first.workspaceId, role: 'owner', scopes: ['read', 'write', 'operator'],
  });
  expect(await ensure('a-token-of-the-operator')).toMatchObject({ created: false, workspaceId: first.workspaceId });
  await ensure('another-token-of-the-operator');
  expect([await holds('a-token-of-the-operator'), await holds('another-token-of-the-operator')]).toEqual([false, true]);
});

test('several processes starting at once with another token make one of it', async () => {
  await Promise.all([1, 2, 3].map(() => ensure('third-token-of-the-operator')));
  const rows = await world.rows(`select id from api_token where name = 'Bootstrap token' and revoked_at is null`);
  expect(rows).toHaveLength(1);
});

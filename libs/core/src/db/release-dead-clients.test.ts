import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { until } from '@sevenfold/testing/util';
import pg from 'pg';

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([], 2);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const cutAll = async () => {
  const admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'sevenfold_app' and datname = current_database()`);
  await admin.end();
};

test('connections cut in the middle of transactions cost the pool no place', async () => {
  for (let round = 0; round < 4; round += 1) {
    let cutNow: () => void = () => undefined;
    const isCut = new Promise<void>((resolve) => (cutNow = resolve));
    let open = 0;
    const cut = Array.from({ length: 2 }, () =>
      world.run(async (tx) => {
        await tx.em.execute('select 1');
        open += 1;
        await isCut;
        await tx.em.execute('select 2');
      }).then(() => 'done', () => 'cut'),
    );
    await until(() => open === 2, { what: 'both transactions' });
    await cutAll();
    cutNow();
    expect(await Promise.all(cut)).toEqual(['cut', 'cut']);
  }
  expect(await world.run((tx) => tx.em.execute('select 1 as one'))).toEqual([{ one: 1 }]);
});

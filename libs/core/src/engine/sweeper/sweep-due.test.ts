import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '@sevenfold/platform/logging';
import { newId } from '@sevenfold/platform/ids';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import type { Tx } from '../../db/tx.js';
import { cleanUp } from '../clean-up.js';
import { scheduleDue } from '../due.js';
import type { DueHandlers } from './due-handlers.js';
import { sweepDue, type SweepParts } from './sweep-due.js';

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.rows('delete from due_item'));

const minute = 60_000;
const parts = (handlers: Partial<DueHandlers>): SweepParts => ({
  system: world.system, db: world.db, logger: createLogger({ name: 'test', level: 'silent' }),
  handlers: { 'results.request': async () => undefined, ...handlers },
});
const schedule = async (count: number, inMs: number, workspaceId = world.workspaceId) =>
  world.db.inWorkspace({ ...world.scope, workspaceId }, async (tx) => {
    for (let i = 0; i < count; i += 1) {
      await scheduleDue(tx, { kind: 'results.request', refId: newId(), dedupeKey: newId(), dueAt: new Date(tx.now.getTime() + inMs) });
    }
  });
/** An effect that can be counted: a notice per call. */
const effect = async (tx: Tx, refId: string) => {
  await tx.em.execute(
    `insert into notice (id, workspace_id, created_at, kind, ref_id, dedupe_key, data, status) values (?, ?, ?, 'summary', ?, ?, '{}', 'told')`,
    [newId(), tx.workspaceId, tx.now, refId, newId()],
  );
};
const effects = async () => (await world.rows<{ n: number }>(`select count(*)::int as n from notice where kind = 'summary'`))[0]?.n ?? 0;

describe('the sweeper', () => {
  test('handles what is due in every workspace, in its own, and says when to come again', async () => {
    const elsewhere = await world.addWorkspace();
    await schedule(2, 0);
    await schedule(1, 0, elsewhere);
    await schedule(1, 5 * minute, elsewhere);
    const workspaces: string[] = [];
    const result = await sweepDue(parts({ 'results.request': async (tx) => void workspaces.push(tx.workspaceId) }));
    expect(workspaces.sort()).toEqual([world.workspaceId, world.workspaceId, elsewhere].sort());
    const now = await world.clock.now();
    expect(result).toEqual({ handled: 3, failed: 0, nextDueAt: new Date(now.getTime() + 5 * minute) });
  });

  test('does each thing once, however many sweepers there are', async () => {
    await schedule(60, 0);
    const before = await effects();
    const one = parts({ 'results.request': (tx, call) => effect(tx, call.refId) });
    const results = await Promise.all([sweepDue(one), sweepDue(one), sweepDue(one)]);
    await sweepDue(one);
    expect(results.reduce((sum, each) => sum + each.handled, 0)).toBe(60);
    expect((await effects()) - before).toBe(60);
  });

  test('killed after the effect and before the mark, it leaves no effect', async () => {
    await schedule(1, 0);
    const before = await effects();
    let dies = true;
    const one = parts({
      'results.request': async (tx, call) => {
        await effect(tx, call.refId);
        if (dies) throw new Error('killed; ada@example.org');
      },
    });
    expect(await sweepDue(one)).toMatchObject({ handled: 0, failed: 1 });
    expect(await effects()).toBe(before);
    expect(await world.rows('select attempts, last_error from due_item')).toEqual([{ attempts: 1, last_error: 'Error' }]);
    dies = false;
    expect(await sweepDue(one)).toMatchObject({ handled: 0, failed: 0 });
    world.clock.advance(5_000);
    expect(await sweepDue(one)).toMatchObject({ handled: 1, nextDueAt: null });
    expect(await effects()).toBe(before + 1);
  });

  test('one that fails, or that nobody knows, holds up no other', async () => {
    await schedule(3, 0);
    await world.rows(`update due_item set kind = 'unheard.of' where id = (select min(id::text)::uuid from due_item)`);
    expect(await sweepDue(parts({}))).toMatchObject({ handled: 2, failed: 1 });
  });
});

test('cleaning up removes what has served its time and nothing else', async () => {
  await schedule(2, 0);
  await sweepDue(parts({}));
  await schedule(1, minute);
  await world.rows('update outbox_item set done_at = ? where id in (select id from outbox_item limit 1)', [await world.clock.now()]);
  expect(await cleanUp(world.system)).toMatchObject({ outbox: 0, due: 0 });
  world.clock.advance(8 * 24 * 3_600_000);
  expect(await cleanUp(world.system)).toMatchObject({ outbox: 1, due: 0 });
  world.clock.advance(90 * 24 * 3_600_000);
  expect(await cleanUp(world.system)).toMatchObject({ due: 2 });
  expect(await world.rows('select 1 from due_item')).toHaveLength(1);
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@sevenfold/testing/util';
import { nudgeSignal, workflowTypes } from '../src/names.js';
import { openLab, refusal, type Lab } from './lab.js';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 120_000);
afterAll(() => lab[Symbol.asyncDispose]());

const hour = 3_600_000;

describe('the sweeper', () => {
  test('does not spin when what is due is in other hands, or its clock is ahead', async () => {
    const dueAt = await lab.now();
    let sweeps = 0;
    const sweepDue = async () => {
      sweeps += 1;
      return { handled: 0, nextDueAt: dueAt };
    };
    await lab.play(workflowTypes.sweeper, [], { sweepDue }, async () => {
      await lab.skip(20_000);
      expect(sweeps).toBeGreaterThanOrEqual(10);
      expect(sweeps).toBeLessThanOrEqual(25);
    });
  });

  test('comes again at once as long as a round handled something', async () => {
    const start = await lab.now();
    const times: number[] = [];
    const sweepDue = async ({ at }: { at: number }) => {
      times.push(at);
      return times.length < 4 ? { handled: 200, nextDueAt: start } : { handled: 0, nextDueAt: null };
    };
    await lab.play(workflowTypes.sweeper, [], { sweepDue }, async () => {
      await until(() => times.length >= 4, { what: 'four rounds' });
    });
  });

  test('survives a round that is refused', async () => {
    let sweeps = 0;
    const sweepDue = async () => {
      sweeps += 1;
      if (sweeps < 3) throw refusal();
      return { handled: 0, nextDueAt: null };
    };
    await lab.play(workflowTypes.sweeper, [], { sweepDue }, async (workflow) => {
      await lab.skip(5 * 60_000);
      expect(sweeps).toBe(3);
      expect((await workflow.describe()).status.name).toBe('RUNNING');
    });
  });

  test('hears every nudge, from run to run', async () => {
    let sweeps = 0;
    let wanted = 0;
    let seen = 0;
    const sweepDue = async () => {
      sweeps += 1;
      seen = wanted;
      return { handled: 0, nextDueAt: null };
    };
    await lab.play(workflowTypes.sweeper, [], { sweepDue }, async ({ workflowId }) => {
      const sweeper = lab.client.workflow.getHandle(workflowId);
      for (wanted = 1; wanted <= 90; wanted += 1) {
        await sweeper.signal(nudgeSignal);
        // Now and then one on top of the other, now and then in its own time.
        if (wanted % 3 === 0) await until(() => seen === wanted, { what: `the sweep after nudge ${wanted}`, everyMs: 5 });
      }
      expect(await lab.runsOf(sweeper)).toBeGreaterThan(1);
      expect(sweeps).toBeGreaterThanOrEqual(30);
    });
  }, 60_000);
});

describe('the newsletter of a workspace', () => {
  const ref = { workspaceId: 'w' };

  test('that is refused is tried again, and then goes out', async () => {
    let waiting: { digestId: string; dueAt: number } | null = { digestId: 'd', dueAt: (await lab.now()) + hour };
    const tries: number[] = [];
    const nextDigest = async () => waiting;
    const runDigest = async ({ at }: { at: number }) => {
      tries.push(at);
      if (tries.length < 4) throw refusal();
      waiting = null;
    };
    await lab.play(workflowTypes.periodic, [ref], { nextDigest, runDigest }, (workflow) => workflow.result());
    expect(tries).toHaveLength(4);
    expect((tries[3] ?? 0) - (tries[0] ?? 0)).toBeGreaterThanOrEqual(180_000);
  });

  test('published for in the moment it ends, goes on', async () => {
    let looks = 0;
    let sent = 0;
    let waiting: { digestId: string; dueAt: number } | null = null;
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const nextDigest = async () => {
      looks += 1;
      const seen = waiting;
      if (looks === 1) await gate;
      return seen;
    };
    const runDigest = async () => {
      sent += 1;
      waiting = null;
    };
    await lab.play(workflowTypes.periodic, [ref], { nextDigest, runDigest }, async (workflow) => {
      await until(() => looks === 1, { what: 'the look that finds nothing' });
      waiting = { digestId: 'd', dueAt: (await lab.now()) + hour };
      await workflow.signal(nudgeSignal);
      release();
      await workflow.result();
    });
    expect(sent).toBe(1);
  });
});

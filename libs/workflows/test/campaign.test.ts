import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { until } from '@sevenfold/testing/util';
import type { CampaignSnapshot, CommandOutcome, PendingMilestone } from '../src/activities.js';
import { nudgeSignal, workflowTypes } from '../src/names.js';
import { openLab, refusal, type Lab } from './lab.js';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 120_000);
afterAll(() => lab[Symbol.asyncDispose]());

const minute = 60_000;
const ref = { workspaceId: 'w', campaignId: 'c' };

/** A campaign's row, and the activities that go by it. */
function campaign(start: number, row: Partial<CampaignSnapshot> = {}) {
  const at = (key: string, minutes: number): PendingMilestone => ({ key, action: 'summary', dueAt: start + minutes * minute });
  const it = {
    row: { version: 1, status: 'published', paused: false, milestones: [at('first', 1), at('second', 5)], ...row } as CampaignSnapshot,
    /** Milestones as they were tried, with the minute. */
    tried: [] as [string, number][],
    loads: 0,
    activities: {
      loadCampaign: async () => {
        it.loads += 1;
        return it.row;
      },
      runMilestone: async ({ key, at }: { key: string; at: number }) => {
        it.tried.push([key, Math.round((at - start) / minute)]);
        it.row = { ...it.row, version: it.row.version + 1, milestones: it.row.milestones.filter((each) => each.key !== key) };
        return it.row;
      },
      runCommand: async (): Promise<CommandOutcome> => ({ outcome: { ok: true }, campaign: it.row }),
    },
  };
  return it;
}
type Campaign = ReturnType<typeof campaign>;

const play = (it: Campaign, work: (workflow: WorkflowHandle) => Promise<void>, activities: object = {}) =>
  lab.play(workflowTypes.campaign, [ref], { ...it.activities, ...activities }, work);
const command = (workflow: WorkflowHandle, name: string) => workflow.executeUpdate(name, { args: [{ commandId: 'x' }] });

describe('milestones', () => {
  test('one that is refused keeps neither those after it nor commands from their time, and is tried again', async () => {
    const it = campaign(await lab.now());
    const refused: number[] = [];
    const runMilestone = async (input: { key: string; at: number }) => {
      if (input.key === 'second') return it.activities.runMilestone(input);
      refused.push(input.at);
      throw refusal();
    };
    await play(it, async (workflow) => {
      await until(() => it.loads > 0, { what: 'the start' });
      await lab.skip(3.5 * minute);
      expect(await command(workflow, 'pause')).toEqual({ ok: true });
      await lab.skip(3 * minute);
      expect(it.tried).toEqual([['second', 5]]);
      expect(refused.length).toBeGreaterThanOrEqual(4);
      expect(refused.length).toBeLessThanOrEqual(7);
    }, { runMilestone });
  });

  test('one that stays due does not spin', async () => {
    const it = campaign(await lab.now());
    let runs = 0;
    const runMilestone = async () => {
      runs += 1;
      return it.row;
    };
    await play(it, async () => {
      await until(() => it.loads > 0, { what: 'the start' });
      await lab.skip(4.5 * minute);
      expect(runs).toBeGreaterThanOrEqual(3);
      expect(runs).toBeLessThanOrEqual(5);
    }, { runMilestone });
  });

  test('a restored database is believed, although its versions are lower', async () => {
    const it = campaign(await lab.now(), { version: 40 });
    await play(it, async (workflow) => {
      await until(() => it.loads > 0, { what: 'the start' });
      it.row = { ...it.row, version: 12, paused: true };
      await workflow.signal(nudgeSignal);
      await until(() => it.loads > 1, { what: 'the second look' });
      await lab.skip(10 * minute);
      expect(it.tried).toEqual([]);
    });
  });
});

describe('messages to a running campaign', () => {
  test('a nudge during a look leads to another look', async () => {
    const it = campaign(await lab.now(), { milestones: [] });
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const loadCampaign = async () => {
      const seen = it.row;
      it.loads += 1;
      if (it.loads === 1) await gate;
      return seen;
    };
    await play(it, async (workflow) => {
      await until(() => it.loads === 1, { what: 'the first look' });
      it.row = { ...it.row, version: 2, status: 'cancelled' };
      await workflow.signal(nudgeSignal);
      release();
      await workflow.result();
      expect(it.loads).toBe(2);
    }, { loadCampaign });
  });

  test('a command under way when the campaign ends is answered before its workflow does', async () => {
    const it = campaign(await lab.now(), { milestones: [] });
    let begun = 0;
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const runCommand = async ({ commandId }: { commandId: string }): Promise<CommandOutcome> => {
      begun += 1;
      if (commandId === 'slow') await gate;
      else it.row = { ...it.row, version: it.row.version + 1, status: 'cancelled' };
      return { outcome: { ok: true }, campaign: it.row };
    };
    await play(it, async (workflow) => {
      const slow = workflow.executeUpdate('reschedule', { args: [{ commandId: 'slow' }] });
      await until(() => begun === 1, { what: 'the slow command' });
      await workflow.executeUpdate('cancel', { args: [{ commandId: 'quick' }] });
      release();
      expect(await slow).toEqual({ ok: true });
      await workflow.result();
    }, { runCommand });
  });

  test('hundreds of commands, ten at a time: each is answered once, over several runs', async () => {
    const it = campaign(await lab.now(), { milestones: [] });
    const done: string[] = [];
    const runCommand = async ({ commandId }: { commandId: string }): Promise<CommandOutcome> => {
      done.push(commandId);
      return { outcome: { ok: true }, campaign: it.row };
    };
    await play(it, async (workflow) => {
      const ids = Array.from({ length: 150 }, (_, index) => `command-${index}`);
      const left = [...ids];
      const answers: unknown[] = [];
      const caller = async (): Promise<void> => {
        // A caller has the workflow's id alone: the run changes under its hands.
        const handle = lab.client.workflow.getHandle(workflow.workflowId);
        for (let commandId = left.shift(); commandId; commandId = left.shift()) {
          answers.push(await handle.executeUpdate('reschedule', { args: [{ commandId }], updateId: commandId }));
        }
      };
      await Promise.all(Array.from({ length: 10 }, caller));
      expect(answers).toHaveLength(ids.length);
      expect(done.sort()).toEqual(ids.sort());
      const last = lab.client.workflow.getHandle(workflow.workflowId);
      expect(await lab.runsOf(last)).toBeGreaterThan(1);
      it.row = { ...it.row, status: 'cancelled' };
      await last.signal(nudgeSignal);
      await last.result();
    }, { runCommand });
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nudgeSignal, workflowTypes } from '../src/names.js';
import { slackQueue } from '../src/task-queues.js';
import { Worker } from '@temporalio/worker';
import { until } from '@sevenfold/testing/util';
import { openLab, type Lab } from './lab.js';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 120_000);
afterAll(() => lab[Symbol.asyncDispose]());

const done = { done: true, sent: 0 } as const;
const later = (retryAfterMs: number) => ({ done: false, retryAfterMs, sent: 0 }) as const;

describe.each([
  { name: 'a message', type: workflowTypes.message, activity: 'sendMessage', ref: { workspaceId: 'w', messageId: 'm' } },
  { name: 'a broadcast', type: workflowTypes.broadcast, activity: 'sendBatch', ref: { workspaceId: 'w', broadcastId: 'b' } },
])('$name', ({ type, activity, ref }) => {
  test('that is called for during its last attempt makes another', async () => {
    let attempts = 0;
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const send = async () => {
      attempts += 1;
      if (attempts === 1) await gate;
      return done;
    };
    await lab.play(type, [ref], { [activity]: send }, async (workflow) => {
      await until(() => attempts === 1, { what: 'the attempt' });
      await workflow.signal(nudgeSignal);
      release();
      await workflow.result();
    });
    expect(attempts).toBe(2);
  });

  test('comes again after the wait it is told, or when it is called for', async () => {
    const hours: number[] = [];
    const start = await lab.now();
    const send = async ({ at }: { at: number }) => {
      hours.push(Math.round((at - start) / 3_600_000));
      return hours.length < 3 ? later(10 * 3_600_000) : done;
    };
    await lab.play(type, [ref], { [activity]: send }, async (workflow) => {
      await lab.skip(11 * 3_600_000);
      await workflow.signal(nudgeSignal);
      await workflow.result();
    });
    expect(hours).toEqual([0, 10, 11]);
  });

  test('with many attempts goes on in a new run', async () => {
    let attempts = 0;
    const send = async () => {
      attempts += 1;
      return attempts < 60 ? later(30_000) : done;
    };
    await lab.play(type, [ref], { [activity]: send }, async (workflow) => {
      await workflow.result();
      const last = lab.client.workflow.getHandle(workflow.workflowId);
      expect(await lab.runsOf(last)).toBeGreaterThan(1);
    });
    expect(attempts).toBe(60);
  }, 60_000);
});

test('a message whose attempts are cut short does not spin', async () => {
  const start = await lab.now();
  let attempts = 0;
  let end = 0;
  const sendMessage = async ({ at }: { at: number }) => {
    attempts += 1;
    end = at;
    return attempts < 5 ? later(0) : done;
  };
  await lab.play(workflowTypes.message, [{ workspaceId: 'w', messageId: 'm' }], { sendMessage }, (workflow) => workflow.result());
  expect(end - start).toBeGreaterThanOrEqual(4_000);
});

describe('a story', () => {
  const ref = { workspaceId: 'w', campaignId: 'c' };

  test('has six attempts, of which the last knows it', async () => {
    const last: boolean[] = [];
    const postStory = async ({ lastTry }: { lastTry: boolean }) => {
      last.push(lastTry);
      return lastTry ? done : later(60_000);
    };
    await lab.play(workflowTypes.story, [ref], { postStory }, (workflow) => workflow.result());
    expect(last).toEqual([false, false, false, false, false, true]);
  });

  test('held by a pause uses up no attempt, over any number of runs', async () => {
    const last: boolean[] = [];
    let looks = 0;
    const postStory = async ({ lastTry }: { lastTry: boolean }) => {
      looks += 1;
      if (looks > 2 && looks < 60) return { ...later(3_600_000), held: true };
      last.push(lastTry);
      return lastTry ? done : later(60_000);
    };
    await lab.play(workflowTypes.story, [ref], { postStory }, async (workflow) => {
      await workflow.result();
      const again = lab.client.workflow.getHandle(workflow.workflowId);
      expect(await lab.runsOf(again)).toBeGreaterThan(1);
    });
    expect(last).toEqual([false, false, false, false, false, true]);
  }, 60_000);
});

test('a notice that cannot be posted for a day is given up without a failure', async () => {
  let tries = 0;
  const slack = await Worker.create({
    connection: lab.connection, taskQueue: slackQueue,
    activities: {
      announceNotice: async () => {
        tries += 1;
        throw new Error('Slack is away');
      },
    },
  });
  await slack.runUntil(() =>
    lab.play(workflowTypes.notice, [{ workspaceId: 'w', noticeId: 'n' }], {}, async (workflow) => {
      await lab.skip(86_400_000);
      await workflow.result();
    }),
  );
  expect(tries).toBeGreaterThan(10);
}, 120_000);

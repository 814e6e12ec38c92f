import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { until } from '@sevenfold/testing/util';
import type { AgreementSnapshot } from '../src/activities.js';
import { nudgeSignal, workflowTypes } from '../src/names.js';
import { openLab, refusal, type Lab } from './lab.js';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 120_000);
afterAll(() => lab[Symbol.asyncDispose]());

const hour = 3_600_000;

/** An agreement's row with a window of 72 hours, and the activities that go by it. */
function agreement(start: number) {
  const it = {
    row: { status: 'pending', paused: false, prepared: false, reminded: false, remindAt: start + 48 * hour, expiresAt: start + 72 * hour } as AgreementSnapshot,
    /** What was done, with the hour. */
    done: [] as [string, number][],
    prepares: 0,
    loads: 0,
    activities: {
      loadAgreement: async () => {
        it.loads += 1;
        return it.row;
      },
      prepareAgreement: async () => {
        it.prepares += 1;
        it.row = { ...it.row, prepared: true };
        return it.row;
      },
      remindAgreement: async ({ at }: { at: number }) => {
        it.done.push(['remind', Math.round((at - start) / hour)]);
        it.row = { ...it.row, reminded: true };
        return it.row;
      },
      expireAgreement: async ({ at }: { at: number }) => {
        it.done.push(['expire', Math.round((at - start) / hour)]);
        it.row = { ...it.row, status: 'expired' };
        return it.row;
      },
    },
  };
  return it;
}

const play = (it: ReturnType<typeof agreement>, activities: object, work: (workflow: WorkflowHandle) => Promise<void>) =>
  lab.play(workflowTypes.agreement, [{ workspaceId: 'w', agreementId: 'a' }], { ...it.activities, ...activities }, work);

test('the document is made once, the reminder and the end come on time', async () => {
  const it = agreement(await lab.now());
  await play(it, {}, (workflow) => workflow.result());
  expect([it.prepares, it.done]).toEqual([1, [['remind', 48], ['expire', 72]]]);
});

test('a broken document maker holds up neither the reminder nor the end', async () => {
  const it = agreement(await lab.now());
  let tries = 0;
  const prepareAgreement = async () => {
    tries += 1;
    throw new Error('broken');
  };
  await play(it, { prepareAgreement }, (workflow) => workflow.result());
  expect(it.done).toEqual([['remind', 48], ['expire', 72]]);
  expect(tries).toBeGreaterThanOrEqual(9); // Eight at the beginning, and again after the reminder.
});

test('a document maker that hangs holds up no end either', async () => {
  const it = agreement(await lab.now());
  it.row = { ...it.row, remindAt: it.row.remindAt - 48 * hour + 5_000, expiresAt: it.row.expiresAt - 72 * hour + 10_000 };
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const prepareAgreement = async () => {
    await gate;
    return it.row;
  };
  const ended = play(it, { prepareAgreement }, (workflow) => workflow.result());
  // In real time: the clock does not jump while an activity is under way.
  await until(() => it.done.length === 2, { timeoutMs: 30_000, what: 'the reminder and the end' });
  release();
  await ended;
});

test('signed before its document could be made, it gets one all the same', async () => {
  const it = agreement(await lab.now());
  let broken = true;
  const prepareAgreement = async () => {
    if (broken) throw new Error('broken');
    return it.activities.prepareAgreement();
  };
  await play(it, { prepareAgreement }, async (workflow) => {
    await lab.skip(hour);
    it.row = { ...it.row, status: 'accepted' };
    await workflow.signal(nudgeSignal);
    await lab.skip(6 * hour);
    broken = false;
    await workflow.result();
  });
  expect([it.prepares, it.done]).toEqual([1, []]);
});

test('a reminder that is refused does not keep the window open', async () => {
  const it = agreement(await lab.now());
  it.row = { ...it.row, remindAt: it.row.expiresAt - hour };
  let tries = 0;
  const remindAgreement = async () => {
    tries += 1;
    throw refusal();
  };
  await play(it, { remindAgreement }, async (workflow) => {
    await workflow.result();
    // A minute apart, for an hour: that is more than one run holds.
    expect(await lab.runsOf(lab.client.workflow.getHandle(workflow.workflowId))).toBeGreaterThan(1);
  });
  expect(it.done).toEqual([['expire', 72]]);
  expect(tries).toBeLessThanOrEqual(61);
});

test('a pause stops the window, and a nudge during a look is not lost', async () => {
  const start = await lab.now();
  const it = agreement(start);
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const loadAgreement = async () => {
    const seen = it.row;
    it.loads += 1;
    if (it.loads === 2) await gate;
    return seen;
  };
  await play(it, { loadAgreement }, async (workflow) => {
    await until(() => it.prepares === 1, { what: 'the document' });
    it.row = { ...it.row, paused: true };
    await workflow.signal(nudgeSignal);
    await until(() => it.loads === 2, { what: 'the look' });
    it.row = { ...it.row, paused: false, remindAt: start + 58 * hour, expiresAt: start + 82 * hour };
    await workflow.signal(nudgeSignal);
    release();
    await workflow.result();
  });
  expect(it.done).toEqual([['remind', 58], ['expire', 82]]);
});

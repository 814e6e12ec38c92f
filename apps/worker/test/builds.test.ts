import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type WorkflowBundleOption } from '@temporalio/worker';
import { getCampaign } from '@sevenfold/core/campaigns';
import { createSchedule } from '@sevenfold/core/schedules';
import { systemClock } from '@sevenfold/platform/clock';
import { startTemporal } from '@sevenfold/testing/temporal';
import { until } from '@sevenfold/testing/util';
import { workflowIds } from '@sevenfold/workflows';
import { bundleOf, currentWorkflows, nextBuild } from '../../../libs/workflows/test/bundle.js';
import { Cast } from './campaign-factory.js';
import { buildRig, type Rig } from './rig.js';

/** Two builds of the worker: today's, and one whose campaigns look at their row before every milestone. */
let yesterday: WorkflowBundleOption;
let today: WorkflowBundleOption;
const stack = new AsyncDisposableStack();
let rig: Rig;
let cast: Cast;
let campaignId: string;
let first: NativeConnection;
let second: NativeConnection;

beforeAll(async () => {
  yesterday = await bundleOf(currentWorkflows);
  today = await bundleOf(currentWorkflows, [nextBuild]);
  const server = stack.use(await startTemporal());
  const connection = await Connection.connect({ address: server.address });
  const join = async (): Promise<NativeConnection> => {
    const native = await NativeConnection.connect({ address: server.address });
    stack.defer(() => native.close());
    return native;
  };
  stack.defer(() => connection.close());
  const native = await join();
  [first, second] = [await join(), await join()];
  rig = stack.use(
    await buildRig({ client: new Client({ connection }), connection: native, namespace: 'default', clock: systemClock }),
  );
  cast = new Cast(rig);
  stack.defer(() => rig.relay.stop());
  rig.relay.start();
}, 180_000);
afterAll(() => stack.disposeAsync(), 60_000);

let runs = 0;
/** A campaign whose day takes two seconds, with somebody who applied and was selected. */
beforeEach(async () => {
  runs += 1;
  const at = (key: string, action: 'remind-select' | 'remind-invite' | 'remind-agreements' | 'summary' | 'close', day: number) =>
    ({ key, action, moment: { day, at: '09:00' }, lateness: 'run' }) as const;
  const schedule = await rig.as(rig.owner, (tx) =>
    createSchedule(tx, {
      name: `Short days ${runs}`,
      schedule: {
        day: { ms: 2_000 },
        milestones: [
          at('select', 'remind-select', 3), at('invite', 'remind-invite', 4), at('agreements', 'remind-agreements', 5), at('summary', 'summary', 6),
          at('close', 'close', 7),
        ],
      },
    }),
  );
  campaignId = await cast.draft({ scheduleId: schedule.id });
});

const milestonesDone = async (): Promise<string[]> =>
  (await cast.milestones(campaignId)).filter(({ status }) => status === 'done').map(({ key }) => key);
const reached = (what: string, condition: () => Promise<boolean>) => until(condition, { what, timeoutMs: 90_000, everyMs: 50 });

/** Publishes, and has one creator sign. */
async function begin(): Promise<string> {
  const creatorId = await cast.creator(`Ana ${runs}`, 'in-app');
  expect(await rig.command(campaignId, 'publish')).toMatchObject({ ok: true });
  const { applicationId } = await cast.apply(campaignId, creatorId);
  await cast.move(applicationId, 'selected');
  expect(await rig.command(campaignId, 'send-agreements')).toMatchObject({ ok: true });
  await cast.sign(campaignId, creatorId);
  return creatorId;
}

/** Waits for the close, starts, and waits until everybody is told. */
async function finish(): Promise<void> {
  await reached('the close', async () => (await milestonesDone()).includes('close'));
  // Pressed until the engine has time: a task that lands on the build that cannot do it is given to the other one later.
  await reached('the start', async () => {
    await rig.command(campaignId, 'start').catch(() => undefined);
    return (await rig.as(rig.owner, (tx) => getCampaign(tx, campaignId))).status === 'started';
  });
  await reached('the end of the workflow', async () => (await rig.client.workflow.getHandle(workflowId()).describe()).status.name === 'COMPLETED');
  await reached('everybody to be told', async () => {
    const messages = await cast.messages(campaignId);
    return messages.some(({ kind }) => kind === 'congratulations') && messages.every(({ status }) => !['queued', 'claimed'].includes(status));
  });
  expect(await milestonesDone()).toEqual(['select', 'invite', 'agreements', 'summary', 'close']);
  expect((await cast.messages(campaignId)).filter(({ kind }) => kind === 'congratulations')).toHaveLength(1);
}

const workflowId = (): string => workflowIds.campaign({ workspaceId: rig.workspaceId, campaignId });

/** For every milestone whether the step before it was a look at the row; and how many tasks failed. */
async function looksBefore(): Promise<{ looked: boolean[]; failed: number }> {
  const { events } = await rig.client.workflow.getHandle(workflowId()).fetchHistory();
  const steps = (events ?? []).flatMap((each) => each.activityTaskScheduledEventAttributes?.activityType?.name ?? []);
  return {
    looked: steps.flatMap((step, index) => (step === 'runMilestone' ? [steps[index - 1] === 'loadCampaign'] : [])),
    failed: (events ?? []).filter((each) => each.workflowTaskFailedEventAttributes).length,
  };
}

describe('a campaign that was started on yesterday’s build', () => {
  test('finishes on today’s, which goes its new way from the next milestone on', async () => {
    const stop = await rig.work(yesterday);
    await begin();
    await reached('two milestones', async () => (await milestonesDone()).length >= 2);
    await stop();
    const before = (await milestonesDone()).length;
    const stopToday = await rig.work(today);
    await finish();
    await stopToday();
    const { looked, failed } = await looksBefore();
    expect(looked).toEqual(['select', 'invite', 'agreements', 'summary', 'close'].map((_, index) => index >= before));
    expect(failed).toBe(0);
  }, 180_000);

  test('finishes while both builds are at work, each a process of its own', async () => {
    // Yesterday's remembers nothing, so that every task of its campaigns is up for grabs.
    const stop = await rig.work(yesterday, { remembers: false });
    await begin();
    await reached('a milestone', async () => (await milestonesDone()).length >= 1);
    const stopFirst = await rig.work(today, { connection: first });
    await reached('a step that only today’s build has', async () => (await looksBefore()).looked.includes(true));
    // Today's worker is replaced. What comes next may land on yesterday's, which cannot do it, until today's takes it.
    await stopFirst();
    const stopSecond = await rig.work(today, { connection: second });
    await finish();
    await stop();
    await stopSecond();
    const { looked } = await looksBefore();
    expect(looked).toHaveLength(5);
    expect(looked).toEqual(looked.toSorted((one, other) => Number(one) - Number(other)));
  }, 240_000);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { defaultSchedule, type Schedule } from '@sevenfold/domain/schedule';
import { campaignWorld, type CampaignWorld } from '@sevenfold/testing/campaigns';
import { apply } from '../applications/index.js';
import { archiveSchedule, createSchedule, listSchedules } from '../schedules/index.js';
import { getCampaign } from './get-campaign.js';
import { lockCampaign } from './lock.js';
import { campaignSnapshot } from './snapshot.js';
import { timeline } from './timeline/timeline.js';

let world: CampaignWorld;
beforeAll(async () => {
  world = await campaignWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.clock.set(new Date('2026-11-23T09:00:00Z')));

const hours = (n: number) => n * 3_600_000;
const campaign = (id: string) => world.db.inWorkspace(world.manager, (tx) => getCampaign(tx, id));
const dueAt = async (id: string) => Object.fromEntries((await campaign(id)).milestones.map((each) => [each.key, each.dueAt]));
const window = async (id: string) =>
  (await world.rows<{ expires_at: string }>('select expires_at from agreement where campaign_id = ?', [id])).map((row) => new Date(row.expires_at).toISOString());

describe('a pause', () => {
  test('moves milestones by whole days at the same wall-clock time, open windows by itself, and tells creators', async () => {
    const id = await world.addPublished();
    await world.addApplicant(id, { status: 'selected', agreement: 'pending' });
    await world.addApplicant(id, { status: 'selected', agreement: 'declined' });
    world.clock.advance(hours(1));
    expect(await world.command('pause', id)).toMatchObject({ ok: true });
    world.clock.advance(hours(50));
    await world.milestone(id, 'select');
    expect((await campaign(id)).milestones.find(({ key }) => key === 'select')?.status).toBe('pending');
    expect(await world.command('resume', id)).toMatchObject({ ok: true, value: { closesAt: '2026-12-02T08:00:00.000Z' } });
    expect(await dueAt(id)).toMatchObject({ select: '2026-11-28T08:00:00.000Z', close: '2026-12-02T08:00:00.000Z' });
    // 72 h after 23 November 09:00, and 50 h of pause; the refused one stays.
    expect((await window(id)).sort()).toEqual(['2026-11-26T09:00:00.000Z', '2026-11-28T11:00:00.000Z']);
    const heard = await world.rows<{ text: string }>(`select text from message where campaign_id = ? and kind = 'campaign-resumed'`, [id]);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.text).toContain('[personal link]');
  });

  test('holds start and send, lets close and reschedule through, and what was rescheduled in it stays', async () => {
    const id = await world.addPublished();
    await world.command('pause', id);
    expect(await world.command('pause', id)).toMatchObject({ ok: false, code: 'wrong_state' });
    expect(await world.command('send-agreements', id)).toMatchObject({ ok: false, code: 'campaign_paused' });
    const milestones = [{ key: 'close', at: '2026-12-05T09:00' }];
    expect(await world.command('reschedule', id, { milestones })).toMatchObject({ ok: true, value: { closesAt: '2026-12-05T08:00:00.000Z' } });
    world.clock.advance(hours(30));
    await world.command('resume', id);
    expect(await dueAt(id)).toMatchObject({ close: '2026-12-05T08:00:00.000Z', select: '2026-11-27T08:00:00.000Z' });
  });
});

describe('rescheduling', () => {
  test('takes another schedule from the same publication; what was done is not repeated', async () => {
    const id = await world.addPublished();
    world.clock.advance(hours(1));
    await world.milestone(id, 'story');
    const tenDays: Schedule = {
      day: 'calendar',
      milestones: defaultSchedule.milestones.filter(({ key }) => key !== 'invite')
        .map((each) => (each.key === 'close' ? { ...each, moment: { day: 10, at: '12:00' } } : each)),
    };
    expect(await world.command('reschedule', id, { schedule: tenDays })).toMatchObject({ ok: true, value: { closesAt: '2026-12-02T11:00:00.000Z' } });
    const { milestones } = await campaign(id);
    expect(milestones.map(({ key, status }) => [key, status])).toEqual([
      ['story', 'done'], ['select', 'pending'], ['invite', 'dropped'], ['agreements', 'pending'], ['summary', 'pending'], ['close', 'pending'],
    ]);
  });

  test('refuses a close in the past, unknown milestones and the past, and changes nothing', async () => {
    const id = await world.addPublished();
    world.clock.advance(hours(30));
    const before = await world.run((tx) => campaignSnapshot(tx, id));
    const close: Schedule = { day: 'calendar', milestones: [{ key: 'close', action: 'close', moment: { day: 2, at: '09:00' }, lateness: 'run' }] };
    const refused = [
      await world.command('reschedule', id, { schedule: close }),
      await world.command('reschedule', id, { milestones: [{ key: 'nothing', at: '2026-12-05T09:00' }] }),
      await world.command('reschedule', id, { milestones: [{ key: 'close', at: '2026-11-23T09:00:00Z' }] }),
    ];
    for (const outcome of refused) expect(outcome).toMatchObject({ ok: false, code: 'invalid_fields' });
    expect(await world.run((tx) => campaignSnapshot(tx, id))).toEqual(before);
  });
});

describe('closing', () => {
  test('early opens the start at once and drops what makes no sense any more', async () => {
    const id = await world.addPublished();
    expect(await world.command('close', id)).toMatchObject({ ok: true });
    const { status, allowed, milestones } = await campaign(id);
    expect({ status, allowed }).toMatchObject({ status: 'closed', allowed: expect.arrayContaining(['start']) });
    expect(milestones.filter((each) => each.status === 'dropped').map(({ key }) => key)).toEqual(['story', 'invite']);
  });

  test('and applying wait for each other: nobody slips in after the close', async () => {
    const id = await world.addPublished();
    const creatorId = await world.addCreator();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let holding: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (holding = resolve));
    const closing = world.db.inWorkspace(world.manager, async (tx) => {
      const row = await lockCampaign(tx, id, 'change');
      row.status = 'closed';
      await tx.em.flush();
      holding();
      await held;
    });
    await begun;
    const applying = world.db.inWorkspace(world.scope, (tx) => apply(tx, { campaignId: id, creatorId, motivation: 'I run', answers: {} }));
    release();
    await closing;
    await expect(applying).rejects.toMatchObject({ code: 'campaign_closed' });
  });
});

describe('schedules', () => {
  const schedule: Schedule = { day: { ms: 20_000 }, milestones: defaultSchedule.milestones };

  test('of the workspace drive its campaigns, and a shorter day shrinks everything', async () => {
    const { id: scheduleId } = await world.db.inWorkspace(world.manager, (tx) => createSchedule(tx, { name: 'Quick', schedule }));
    const id = await world.addPublished({ scheduleId });
    expect((await campaign(id)).closesAt).toBe(new Date(Date.parse('2026-11-23T09:00:00Z') + 6.375 * 20_000).toISOString());
    await expect(world.db.inWorkspace(world.manager, (tx) => createSchedule(tx, { name: 'Quick', schedule })))
      .rejects.toMatchObject({ code: 'invalid_fields' });
    await world.db.inWorkspace(world.manager, (tx) => archiveSchedule(tx, scheduleId));
    expect((await world.db.inWorkspace(world.manager, (tx) => listSchedules(tx, { limit: 50 }))).data).toEqual([]);
    await expect(world.addDraft({ scheduleId })).rejects.toMatchObject({ code: 'invalid_fields' });
  });
});

describe('the timeline', () => {
  test('tells what happened, when and by whom, and what comes next, in the campaign’s zone', async () => {
    const id = await world.addPublished({ timeZone: 'America/New_York' });
    world.clock.advance(hours(72));
    await world.milestone(id, 'select');
    const read = (cursor?: string) => world.db.inWorkspace(world.manager, (tx) => timeline(tx, id, { limit: 2, cursor }));
    const first = await read();
    expect(first.data[0]).toMatchObject({
      title: 'Reminder to pre-select', by: { name: 'Sevenfold' }, when: { local: '2026-11-26T04:00:00-05:00', timeZone: 'America/New_York' },
    });
    expect(first.data[1]).toMatchObject({ title: 'Campaign published', by: { name: 'Mara' }, when: { local: '2026-11-23T04:00:00-05:00' } });
    expect(first.next.at(-1)).toMatchObject({ title: 'Campaign closes', when: { local: '2026-11-29T09:00:00-05:00', at: '2026-11-29T14:00:00.000Z' } });
    const second = await read(first.nextCursor ?? '');
    expect(second.data.map(({ title }) => title)).toEqual(['Draft opened']);
    expect(second.nextCursor).toBeNull();
  });
});

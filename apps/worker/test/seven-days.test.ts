import { describe, expect, test } from '@jest/globals';
import { getCampaign } from '@sevenfold/core/campaigns';
import { Cast } from './campaign-factory.js';
import { startScenario, type Scenario } from './harness.js';

/** A week with a clock change in it. Instants are worked out by hand from the zones' published rules. */
const weeks = [
  {
    zone: 'Europe/Amsterdam', // 28 March 2027, 02:00 → 03:00
    publish: '2027-03-25T10:00:00+01:00',
    due: {
      story: '2027-03-25T09:05:00.000Z', select: '2027-03-27T08:00:00.000Z', invite: '2027-03-28T07:00:00.000Z',
      agreements: '2027-03-29T07:00:00.000Z', summary: '2027-03-30T07:00:00.000Z', close: '2027-03-31T07:00:00.000Z',
    },
  },
  {
    zone: 'America/New_York', // 14 March 2027, 02:00 → 03:00
    publish: '2027-03-11T23:30:00-05:00',
    due: {
      story: '2027-03-12T04:35:00.000Z', select: '2027-03-13T14:00:00.000Z', invite: '2027-03-14T13:00:00.000Z',
      agreements: '2027-03-15T13:00:00.000Z', summary: '2027-03-16T13:00:00.000Z', close: '2027-03-17T13:00:00.000Z',
    },
  },
  {
    zone: 'Australia/Lord_Howe', // 4 April 2027, 02:00 → 01:30, half an hour
    publish: '2027-04-01T08:00:00+11:00',
    due: {
      story: '2027-03-31T21:05:00.000Z', select: '2027-04-02T22:00:00.000Z', invite: '2027-04-03T22:30:00.000Z',
      agreements: '2027-04-04T22:30:00.000Z', summary: '2027-04-05T22:30:00.000Z', close: '2027-04-06T22:30:00.000Z',
    },
  },
];

const hour = 3_600_000;

describe.each(weeks)('seven real days in $zone', ({ zone, publish, due }) => {
  test('from draft to a started collaboration', async () => {
    await using scenario: Scenario = await startScenario({ startAt: new Date(publish), workspace: { timeZone: zone } });
    const cast = new Cast(scenario);
    const [ana, bo, cyd, dee, eve, fay] = await Promise.all([
      cast.creator('Ana', 'in-app'), cast.creator('Bo', 'email'), cast.creator('Cyd', 'sms'),
      cast.creator('Dee', 'email'), cast.creator('Eve', 'email'), cast.creator('Fay', 'email'),
    ]);
    const campaignId = await cast.draft({ timeZone: zone });

    expect(await scenario.command(campaignId, 'publish')).toMatchObject({ ok: true });
    // To the minute: the story counts from the second of publication.
    const minute = (instant: string): string => instant.slice(0, 16);
    expect((await cast.milestones(campaignId)).map(({ key, dueAt }) => [key, minute(dueAt)])).toEqual(
      Object.entries(due).map(([key, dueAt]) => [key, minute(dueAt)]),
    );

    const applications = new Map<string, string>();
    for (const creatorId of [ana, bo, cyd, dee, eve]) applications.set(creatorId, (await cast.apply(campaignId, creatorId)).applicationId);

    await scenario.advanceTo(new Date(new Date(due.select).getTime() + hour));
    for (const creatorId of [ana, bo, cyd, dee]) await cast.move(applications.get(creatorId) ?? '', 'selected');
    expect(await cast.messages(campaignId)).toEqual([]); // Nobody hears of a pre-selection.

    // Sent before the clock change, ends after it: 72 elapsed hours all the same.
    const sentAt = await scenario.now();
    expect(await scenario.command(campaignId, 'send-agreements')).toMatchObject({ ok: true });
    await scenario.settle();
    const expiresAt = new Date((await cast.agreement(campaignId, dee)).expiresAt).getTime();
    expect(Math.abs(expiresAt - sentAt.getTime() - 72 * hour)).toBeLessThan(5_000);
    await cast.sign(campaignId, ana);
    await cast.sign(campaignId, bo);
    await cast.decline(campaignId, cyd);

    expect(await scenario.command(campaignId, 'start')).toMatchObject({ ok: false, code: 'wrong_state' });
    await scenario.advanceTo(new Date(expiresAt + 60_000));
    expect(await cast.agreement(campaignId, dee)).toMatchObject({ status: 'expired', remindedAt: expect.any(String) });

    await scenario.advanceTo(new Date(new Date(due.close).getTime() + 60_000));
    const closed = await scenario.as(scenario.owner, (tx) => getCampaign(tx, campaignId));
    expect(closed.status).toBe('closed');
    for (const { status, dueAt, doneAt } of await cast.milestones(campaignId)) {
      expect(status).toBe('done');
      expect(new Date(doneAt ?? 0).getTime() - new Date(dueAt).getTime()).toBeLessThan(30_000);
    }
    await expect(cast.apply(campaignId, fay)).rejects.toMatchObject({ code: 'campaign_closed' });

    expect(await scenario.command(campaignId, 'start')).toMatchObject({ ok: true, value: { group: 2 } });
    await scenario.settle();
    const last = (await cast.messages(campaignId)).filter(({ kind }) => kind === 'congratulations' || kind === 'bummer');
    expect(last).toEqual([
      { creator: 'Ana', kind: 'congratulations', channel: 'in-app', status: expect.any(String) },
      { creator: 'Bo', kind: 'congratulations', channel: 'email', status: 'sent' },
      { creator: 'Dee', kind: 'bummer', channel: 'email', status: 'sent' },
      { creator: 'Eve', kind: 'bummer', channel: 'email', status: 'sent' },
    ]);
  }, 120_000);
});

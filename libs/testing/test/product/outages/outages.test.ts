import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrate } from '@sevenfold/core/db';
import { setTimeout as sleep } from 'node:timers/promises';
import { CampaignStage } from '../../../src/product/index.js';
import { signal, until } from '../../../src/util/index.js';
import type { AppName } from '../../../src/launcher/app-environment.js';
import { Installation, type Health } from './installation.js';

/*
 * What is away is named by whoever misses it, nobody dies of it, and everything goes on when it is back. The three processes are
 * started once, with nothing to talk to, and are the same ones at the end.
 */
let site: Installation;
let pids: Record<string, number | 'dead'>;
beforeAll(async () => {
  site = await Installation.prepare();
}, 120_000);
afterAll(() => site[Symbol.asyncDispose](), 60_000);

const apps: AppName[] = ['api', 'worker', 'slackbot'];
const away = 'the engine does not answer';

/** Waits until a process says this of itself. */
async function says(app: AppName, expected: Partial<Omit<Health, 'checks'>> & { checks?: unknown }, timeoutMs = 30_000): Promise<void> {
  let last: Health | undefined;
  try {
    await until(async () => {
      last = await site.health(app);
      expect(last).toMatchObject(expected);
      return true;
    }, { what: app, timeoutMs, everyMs: 250 });
  } catch {
    expect([app, last]).toEqual([app, expect.objectContaining(expected)]);
  }
}
const allReady = () => Promise.all(apps.map((app) => says(app, { alive: 200, ready: 200, traffic: 200, status: 'ready' }, 60_000)));
/** Pressed again with the same key, as one does after "it may still happen", until it has. */
async function pressed(stage: CampaignStage, path: string, key = `press-${path}-${stage.campaignId}`): Promise<void> {
  await until(async () => {
    const { status, body } = await stage.api.post(stage.path(path), {}, { key });
    if (status !== 503 && status !== 409) expect([path, status, body]).toEqual([path, 200, body]);
    return status === 200;
  }, { what: path, timeoutMs: 60_000, everyMs: 250 });
}
const lived = async () => expect(await site.pids()).toEqual(pids);
const has = (checks: Record<string, unknown>) => expect.objectContaining(checks);
const saying = (words: string) => expect.stringContaining(words);

describe('nothing is there when the processes start', () => {
  let stage: CampaignStage;
  const key = 'pressed-once';

  test('they live, say what they miss, and answer that they cannot', async () => {
    await site.startProcesses();
    await until(async () => (await site.health('slackbot')).alive === 200, { what: 'the processes to live', timeoutMs: 60_000 });
    await says('api', { alive: 200, ready: 503, traffic: 503, status: 'not_ready', checks: has({ database: saying('ECONNREFUSED'), engine: away, 'plugin email': 'ok' }) });
    await says('worker', { alive: 200, ready: 503, traffic: 503, status: 'not_ready', checks: has({ database: saying('ECONNREFUSED') }) });
    await says('slackbot', { alive: 200, ready: 503, traffic: 200, status: 'degraded', checks: has({ api: 'ok', slack: 'ok' }) });
    expect((await site.health('slackbot')).checks['engine']).not.toBe('ok');
    const answer = await site.api.get('/v1/campaigns');
    expect([answer.status, answer.headers.get('retry-after'), answer.body]).toEqual([503, '5', expect.objectContaining({ code: 'unavailable' })]);
    pids = await site.pids();
    expect(Object.keys(pids).sort()).toEqual(['api', 'slackbot', 'worker']);
  }, 90_000);

  test('the database comes without tables: they wait for the migrations, and then serve', async () => {
    await site.startPostgres();
    for (const app of ['api', 'worker'] as const) await says(app, { ready: 503, checks: has({ database: saying('the migrations of this version have not run yet') }) });
    await migrate(site.ownerUrl);
    await says('api', { ready: 503, traffic: 200, status: 'degraded', checks: has({ database: 'ok', engine: away }) });
    stage = await CampaignStage.open(site.api, { dayMs: 600_000 });
    const refused = await stage.api.post(stage.path('/publish'), {}, { key });
    expect([refused.status, refused.body['code'], refused.headers.get('retry-after')]).toEqual([503, 'engine_unavailable', '5']);
    await lived();
  }, 90_000);

  test('the engine comes: everybody is ready, and the same press does what it could not', async () => {
    await site.startTemporal();
    await allReady();
    await pressed(stage, '/publish', key);
    await lived();
  }, 90_000);
});

describe('in the middle of campaigns', () => {
  const dayMs = 5_000;
  let long: CampaignStage;
  let short: CampaignStage;
  let due: Map<string, Date>;
  const milestones = ({ campaignId }: CampaignStage) => site.rows<{ key: string; status: string; due: Date; done: Date | null; note: string | null }>(
    `select key, status, due_at as due, done_at as done, note from campaign_milestone where campaign_id = $1 order by due_at`, [campaignId]);
  const digests = ({ campaignId }: CampaignStage) => site.rows<{ status: string; due: Date; ran: Date | null }>(
    'select status, due_at as due, ran_at as ran from digest where workspace_id = (select workspace_id from campaign where id = $1) order by due_at', [campaignId]);
  const after = (moment: Date | undefined, ms: number) => sleep(Math.max(0, (moment?.getTime() ?? 0) + ms - Date.now()));

  test('the engine is away for half a week: facts are taken, commands are refused, nobody loses his life', async () => {
    long = await CampaignStage.open(site.api, { dayMs: 600_000 });
    await pressed(long, '/publish');
    const [ana, bo, cyd] = [
      await long.creator('Ana', { email: 'ana@creators.test', newsletter: false }), await long.creator('Bo', { sms: '+31612345601', newsletter: false }),
      await long.creator('Cyd', { app: true, newsletter: false }),
    ];
    for (const creator of [ana, bo]) await long.select(await long.apply(creator));
    await pressed(long, '/agreements');
    // Open for long enough that the next newsletter still names it, however long the engine takes to come back.
    short = await CampaignStage.open(site.api, { dayMs, closeDay: 14, name: 'Short one' });
    await short.creator('Reader', { email: 'reader@creators.test', newsletter: true });
    await pressed(short, '/publish');
    due = new Map((await milestones(short)).map((each) => [each.key, each.due]));
    await site.killTemporal();

    const facts = async (): Promise<void> => {
      expect((await long.sign(ana)).status).toBe(200);
      const { id } = await long.agreementOf(bo);
      expect((await bo.api.post(`/v1/creator/agreements/${id}/decline`)).status).toBe(200);
      await long.select(await long.apply(cyd));
      expect((await long.api.get(long.path('/timeline'))).status).toBe(200);
    };
    const command = async (): Promise<void> => {
      const refused = await long.api.post(long.path('/pause'), {}, { key: 'pause-while-away' });
      expect([refused.status, refused.body['code']]).toEqual([503, 'engine_unavailable']);
    };
    await Promise.all([
      says('api', { alive: 200, ready: 503, traffic: 200, status: 'degraded', checks: has({ database: 'ok', engine: away }) }),
      says('worker', { alive: 200, ready: 503, traffic: 503, checks: has({ database: 'ok', engine: away, relay: 'ok' }) }),
      says('slackbot', { alive: 200, ready: 503, traffic: 200, checks: has({ engine: away, api: 'ok' }) }),
      facts(), command(),
    ]);
    await lived();
  }, 120_000);

  test('it is back: what was overtaken is dropped and noted, the newsletter joins the next, facts are told', async () => {
    // The reminder of day 3 is overtaken by that of day 4.
    await after(due.get('invite'), 200);
    expect((await milestones(short)).filter(({ key, status }) => key !== 'story' && status !== 'pending')).toEqual([]);
    await site.startTemporal();
    await allReady();
    const settled = await until(async () => {
      const all = await milestones(short);
      return all.filter(({ key }) => ['story', 'select', 'invite'].includes(key)).every(({ status }) => status !== 'pending') && all;
    }, { what: 'the milestones that were due', timeoutMs: 30_000 });
    expect(settled.find(({ key }) => key === 'story')).toMatchObject({ status: 'done' });
    expect(settled.find(({ key }) => key === 'select')).toMatchObject({ status: 'dropped', note: 'Overtaken by a later one while the engine was away' });
    const [missed, next] = await until(async () => {
      const all = await digests(short);
      return all[1]?.status !== undefined && all[1].status !== 'waiting' && all;
    }, { what: 'the next newsletter', timeoutMs: 30_000 });
    expect(missed).toMatchObject({ status: 'joined-next' });
    expect((next?.due.getTime() ?? 0) - (missed?.due.getTime() ?? 0)).toBeGreaterThanOrEqual(dayMs);
    await until(async () => site.outside.mailsTo('reader@creators.test').length > 0, { what: 'the newsletter', timeoutMs: 30_000 });
    await until(async () => {
      const posts = (await site.outside.posts()).join('\n');
      return /“select” of .*Short one.* was overtaken and left out/.test(posts) && /newsletter of .* was too late/.test(posts) && /Bo is out of/.test(posts);
    }, { what: 'the team to be told', timeoutMs: 40_000 });
    // The pause that was refused, pressed again by the same key.
    await pressed(long, '/pause', 'pause-while-away');
    await pressed(long, '/resume');
    await lived();
  }, 120_000);

  test('the database is away when a campaign would close: 503 and the reason meanwhile, closed at once afterwards', async () => {
    const quick = await CampaignStage.open(site.api, { dayMs: 2_000, name: 'Quick one' });
    await pressed(quick, '/publish');
    await site.crashPostgres();
    await Promise.all([
      says('api', { alive: 200, ready: 503, traffic: 503, status: 'not_ready', checks: has({ database: saying('ECONNREFUSED'), engine: 'ok' }) }),
      says('worker', { alive: 200, ready: 503, traffic: 503, status: 'not_ready', checks: has({ database: saying('ECONNREFUSED') }) }),
      says('slackbot', { alive: 200, ready: 200 }),
    ]);
    for (const answer of [await long.api.get('/v1/campaigns'), await long.api.post(long.path('/close'))]) {
      expect([answer.status, answer.headers.get('retry-after'), answer.body]).toEqual([503, '5', expect.objectContaining({ code: 'unavailable' })]);
    }
    await sleep(8 * 2_000);
    const back = Date.now();
    await site.startPostgres();
    await allReady();
    await quick.reached('closed', 30_000);
    const all = await milestones(quick);
    expect(all.find(({ key }) => key === 'close')).toMatchObject({ status: 'done' });
    expect(all.find(({ key }) => key === 'close')?.done?.getTime()).toBeGreaterThanOrEqual(back);
    // Whatever the machine's pace: who was overtaken when its turn came was dropped, everybody else was not.
    await short.reached('closed', 90_000);
    for (const each of [all, await milestones(short)]) {
      for (const { key, status, due: dueAt, done } of each) {
        const overtaken = key !== 'close' && key !== 'story' && each.some((other) => other.due > dueAt && other.due <= (done ?? dueAt));
        expect([key, status]).toEqual([key, overtaken ? 'dropped' : 'done']);
      }
    }
    expect(site.outside.mailsTo('reader@creators.test')).toHaveLength(1);
    await lived();
  }, 120_000);

  test('both hang instead of being gone: the same, and nobody hangs with them', async () => {
    const [postgres, temporal] = [await site.postgresPid(), site.temporalPid];
    const backends = (await site.rows<{ pid: number }>(`select pid from pg_stat_activity where usename like 'sevenfold%'`)).map(({ pid }) => pid);
    const all = [postgres, temporal, ...backends];
    for (const pid of all) signal(pid, 'SIGSTOP');
    try {
      await says('api', { alive: 200, ready: 503, traffic: 503, checks: has({ database: saying('no answer within'), engine: away }) });
      await says('worker', { alive: 200, ready: 503, checks: has({ database: saying('no answer within'), engine: away }) });
    } finally {
      for (const pid of all) signal(pid, 'SIGCONT');
    }
    await allReady();
    await pressed(long, '/close');
    await pressed(long, '/start');
    await lived();
  }, 90_000);
});

describe('an hour without mail, SMS, Slack and Instagram', () => {
  const dayMs = 192_000;
  const hour = dayMs / 24;

  test('everybody says so and goes on; afterwards each message leaves once, the story is posted, the team reads what it missed', async () => {
    const stage = await CampaignStage.open(site.api, { dayMs, name: 'Hour alone' });
    expect((await stage.api.patch('/v1/workspace', { instagramAccountId: '17841400000000000' })).status).toBe(200);
    const [dee, eve, fay] = [
      await stage.creator('Dee', { email: 'dee@creators.test', newsletter: false }), await stage.creator('Eve', { sms: '+31612345602', newsletter: false }),
      await stage.creator('Fay', { app: true, newsletter: false }),
    ];
    const stories = site.outside.graph.state.media.size;
    await site.outside.leave();
    const left = Date.now();
    await pressed(stage, '/publish');
    for (const creator of [dee, eve, fay]) await stage.select(await stage.apply(creator));
    await pressed(stage, '/agreements');

    const plugins = { 'plugin email': saying('SMTP: '), 'plugin sms': saying('Twilio: HTTP 503'), 'plugin instagram': saying('Instagram: '), 'plugin in-app': 'ok' };
    await says('api', { alive: 200, ready: 503, traffic: 200, status: 'degraded', checks: has({ database: 'ok', engine: 'ok', ...plugins }) });
    await says('worker', { alive: 200, ready: 503, traffic: 200, status: 'degraded', checks: has({ database: 'ok', engine: 'ok', relay: 'ok', ...plugins }) });
    await says('slackbot', { alive: 200, ready: 503, traffic: 200, status: 'degraded', checks: has({ api: 'ok', engine: 'ok', slack: expect.any(String) }) });
    expect((await site.health('slackbot')).checks['slack']).not.toBe('ok');
    // Who has a link needs no message: signing goes on.
    expect((await stage.sign(fay)).status).toBe(200);
    await sleep(Math.max(0, left + hour - Date.now()));
    expect(site.outside.mailsTo('dee@creators.test')).toEqual([]);

    await site.outside.comeBack();
    await allReady();
    const statuses = () => site.rows<{ creator: string; status: string }>(
      `select c.name as creator, m.status from message m join creator c on c.id = m.creator_id where m.campaign_id = $1 and m.direction = 'out' and c.name <> 'Fay' order by 1`, [stage.campaignId]);
    await until(async () => (await statuses()).every(({ status }) => ['sent', 'delivered'].includes(status)), { what: 'the messages to leave', timeoutMs: 60_000, everyMs: 250 });
    expect((await statuses()).map(({ creator }) => creator)).toEqual(['Dee', 'Eve']);
    expect(site.outside.mailsTo('dee@creators.test')).toHaveLength(1);
    expect(await site.outside.twilio.messages('+31612345602')).toHaveLength(1);
    await until(() => site.outside.graph.state.media.size === stories + 1, { what: 'the story', timeoutMs: 60_000 });
    const posts = async () => (await site.outside.posts()).filter((text) => /Hour alone.* is published/.test(text));
    await until(async () => (await posts()).length > 0, { what: 'the post in Slack', timeoutMs: 60_000, everyMs: 250 });
    expect(await posts()).toHaveLength(1);
    const told = await stage.api.get('/v1/notices');
    expect((told.body.data ?? []).map((each) => String(each['kind']))).not.toContain('story-failed');
    await lived();
  }, 180_000);
});

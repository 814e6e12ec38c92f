import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { defaultSchedule } from '@sevenfold/domain/schedule';
import { blobsOf } from '@sevenfold/core/files';
import { newId } from '@sevenfold/platform/ids';
import { aClient, aMember, aWorkspace } from '@sevenfold/testing/factories';
import { apiWorld, type ApiWorld } from './api-world.js';
import { RowEngine } from './row-engine.js';

let api: ApiWorld;
let clientId: string;
const engine = new RowEngine();
beforeAll(async () => {
  api = await apiWorld({ change: { engine } });
  engine.db = api.db;
  ({ clientId } = await aClient(api));
}, 120_000);
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => {
  api.clock.set(new Date('2026-11-23T09:00:00Z'));
  Object.assign(engine, { away: false, closed: false, calls: 0 });
});

const complete = () => ({
  name: 'Spring', clientId, brief: 'Show the shoe', startsOn: '2026-12-07', endsOn: '2026-12-20', timeZone: 'Europe/Amsterdam',
  requirements: {}, contact: { name: 'Mara', phone: '+31 20 555 0100' },
});
const draft = async (fields: object = {}): Promise<string> => {
  const { status, body } = await api.call('POST', '/v1/campaigns', { body: { ...complete(), ...fields } });
  expect(status).toBe(201);
  return body.id;
};
const post = (id: string, command: string, options: Parameters<ApiWorld['call']>[2] = {}) =>
  api.call('POST', `/v1/campaigns/${id}/${command}`, options);
const published = async () => {
  const id = await draft();
  expect((await post(id, 'publish')).status).toBe(200);
  return id;
};
const paths = (body: { fields: { path: string }[] }) => body.fields.map(({ path }) => path);

describe('a draft', () => {
  test('is opened, changed, emptied and deleted', async () => {
    const id = await draft({ audience: 'Runners' });
    const changed = await api.call('PATCH', `/v1/campaigns/${id}`, { body: { name: 'Summer', audience: null } });
    expect([changed.status, changed.body.name, changed.body.audience]).toEqual([200, 'Summer', undefined]);
    expect((await api.call('GET', `/v1/campaigns/${id}`)).body).toEqual(changed.body);
    expect((await api.call('DELETE', `/v1/campaigns/${id}`)).status).toBe(204);
    expect((await api.call('GET', `/v1/campaigns/${id}`)).status).toBe(404);
  });

  test('is refused with every wrong field by its path', async () => {
    const { status, body } = await api.call('POST', '/v1/campaigns', {
      body: { name: '', timeZone: 'Mars/Base', startsOn: '2026-13-01', contact: { name: 'x' }, other: 1 },
    });
    expect([status, body.code]).toEqual([422, 'invalid_fields']);
    expect(paths(body).sort()).toEqual(['contact.phone', 'name', 'other', 'startsOn', 'timeZone']);
    const { scope } = await aWorkspace(api);
    const { clientId: elsewhere } = await aClient({ db: api.db, scope });
    const dangling = await api.call('POST', '/v1/campaigns', {
      body: { clientId: elsewhere, scheduleId: newId(), images: [{ fileId: newId() }] },
    });
    expect([dangling.status, paths(dangling.body)]).toEqual([422, ['clientId', 'scheduleId', 'images.0.fileId']]);
    const order = await api.call('POST', '/v1/campaigns', { body: { startsOn: '2026-12-02', endsOn: '2026-12-01' } });
    expect(paths(order.body)).toEqual(['endsOn']);
  });

  test('of another workspace is 404, like one that is nowhere', async () => {
    const id = await draft();
    const { token } = await aWorkspace(api);
    const answers = [
      await api.call('GET', `/v1/campaigns/${id}`, { token }), await api.call('GET', `/v1/campaigns/${newId()}`, { token }),
      await api.call('POST', `/v1/campaigns/${id}/publish`, { token }), await api.call('GET', '/v1/campaigns/nonsense'),
      await api.call('GET', `/v1/campaigns/${id}/timeline`, { token }), await api.call('PATCH', `/v1/campaigns/${id}`, { token, body: { name: 'Mine' } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
  });
});

describe('publishing', () => {
  test('names every missing field also while the engine is away, and can then be repeated with the same key', async () => {
    const id = await draft({ brief: undefined, contact: undefined });
    engine.away = true;
    const key = newId();
    const { status, body } = await post(id, 'publish', { key });
    expect([status, body.code, paths(body)]).toEqual([422, 'campaign_incomplete', ['brief', 'contact']]);
    await api.call('PATCH', `/v1/campaigns/${id}`, { body: { brief: 'B', contact: complete().contact } });
    const away = await post(id, 'publish', { key });
    expect([away.status, away.body.code, away.headers.get('retry-after')]).toEqual([503, 'engine_unavailable', '5']);
    engine.away = false;
    const done = await post(id, 'publish', { key });
    expect([done.status, done.body.status, done.body.closesAt]).toEqual([200, 'published', '2026-11-29T08:00:00.000Z']);
    const again = await post(id, 'publish', { key });
    expect([again.status, again.body, again.headers.get('idempotency-replay')]).toEqual([200, done.body, 'true']);
    expect((await post(id, 'publish')).body).toMatchObject({ status: 409, code: 'wrong_state', state: 'published' });
  });

  test('takes a schedule of the workspace', async () => {
    const schedule = { day: { ms: 20_000 }, milestones: defaultSchedule.milestones };
    const made = await api.call('POST', '/v1/schedules', { body: { name: 'Quick', schedule } });
    expect(made.status).toBe(201);
    expect((await api.call('GET', '/v1/schedules')).body.data).toEqual([made.body]);
    const id = await draft({ scheduleId: made.body.id });
    expect((await post(id, 'publish')).body.schedule).toEqual(schedule);
    expect((await api.call('DELETE', `/v1/schedules/${made.body.id}`)).status).toBe(204);
    const wrong = await api.call('POST', '/v1/schedules', { body: { name: 'Never', schedule: { day: 'calendar', milestones: defaultSchedule.milestones.slice(0, 1) } } });
    expect([wrong.status, paths(wrong.body)]).toEqual([422, ['schedule.milestones']]);
  });
});

describe('commands', () => {
  test('in the wrong state are 409 with the state and what is allowed, without asking the engine', async () => {
    const id = await draft();
    for (const command of ['close', 'start', 'pause', 'resume', 'reschedule', 'finish']) {
      const { status, body } = await post(id, command, command === 'reschedule' ? { body: { schedule: defaultSchedule } } : {});
      expect([command, status, body.code, body.state]).toEqual([command, 409, 'wrong_state', 'draft']);
      expect(body.allowed).toEqual(['publish', 'cancel']);
    }
    expect(engine.calls).toBe(0);
  });

  test('carry through close, start and finish; nobody signed is said', async () => {
    const id = await published();
    expect((await post(id, 'start')).body).toMatchObject({ code: 'wrong_state', state: 'published' });
    expect((await post(id, 'close')).body).toMatchObject({ status: 'closed', closedBy: { kind: 'member' } });
    expect((await api.call('GET', `/v1/campaigns/${id}/start-preview`)).body).toMatchObject({ group: [], refusal: { code: 'nobody_signed' } });
    expect((await post(id, 'start')).body).toMatchObject({ status: 409, code: 'nobody_signed' });
    expect((await post(id, 'cancel')).body).toMatchObject({ status: 'cancelled', allowed: [] });
    expect((await post(id, 'finish')).body).toMatchObject({ status: 409, code: 'wrong_state', state: 'cancelled' });
  });

  test('whose workflow ended before the answer are answered from the row', async () => {
    const id = await published();
    await post(id, 'close');
    engine.closed = true;
    await api.rows(`update campaign set status = 'started', started_at = ?, started_by = ?::jsonb where id = ?`, [
      new Date('2026-11-23T09:30:00Z'), JSON.stringify(api.scope.actor), id,
    ]);
    expect((await post(id, 'start')).body).toMatchObject({ status: 409, code: 'already_started', at: '2026-11-23T09:30:00.000Z', by: expect.any(String) });
    expect((await post(id, 'pause')).body).toMatchObject({ status: 409, code: 'wrong_state', state: 'started', allowed: ['finish'] });
    expect((await post(id, 'finish')).body).toMatchObject({ status: 'finished' });
  });

  test('keep a key for one request', async () => {
    const id = await published();
    const key = newId();
    expect((await post(id, 'reschedule', { key, body: { milestones: [{ key: 'close', at: '2026-12-05T09:00' }] } })).body.closesAt)
      .toBe('2026-12-05T08:00:00.000Z');
    expect((await post(id, 'reschedule', { key, body: { milestones: [{ key: 'close', at: '2026-12-06T09:00' }] } })).status).toBe(422);
    expect((await post(id, 'reschedule', { body: {} })).status).toBe(422);
    expect((await post(id, 'reschedule', { body: { milestones: [{ key: 'close', at: 'tomorrow' }] } })).status).toBe(422);
    const past = await post(id, 'reschedule', { body: { milestones: [{ key: 'close', at: '2026-11-01T09:00:00Z' }] } });
    expect([past.status, paths(past.body)]).toEqual([422, ['milestones.0.at']]);
  });

  test('need their role', async () => {
    const id = await draft();
    const [member, reviewer] = await Promise.all([aMember(api, 'member'), aMember(api, 'client-reviewer', { clientId })]);
    expect((await post(id, 'publish', { token: member.token })).status).toBe(403);
    expect((await api.call('GET', `/v1/campaigns/${id}`, { token: reviewer.token })).status).toBe(404);
    await post(id, 'publish');
    const seen = await api.call('GET', `/v1/campaigns/${id}`, { token: reviewer.token });
    expect([seen.status, seen.body.terms]).toEqual([200, undefined]);
    expect((await api.call('GET', `/v1/campaigns/${id}/timeline`, { token: reviewer.token })).body.data[0]).toMatchObject({ title: 'Campaign published', data: {} });
  });
});

describe('lists and timelines', () => {
  test('come in pages and by filter', async () => {
    const id = await published();
    const all = await api.call('GET', `/v1/campaigns?status=published&clientId=${clientId}&limit=1`);
    expect(all.body.data).toHaveLength(1);
    expect(all.body.nextCursor).toEqual(expect.any(String));
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { body: { data: { id: string }[]; nextCursor: string | null } } =
        await api.call('GET', `/v1/campaigns?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      ids.push(...page.body.data.map((each) => each.id));
      cursor = page.body.nextCursor;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(id);
    expect((await api.call('GET', '/v1/campaigns?cursor=bm9uZQ')).status).toBe(422);
  });

  test('tell what happened and what comes next in the campaign’s zone', async () => {
    const id = await published();
    const { body } = await api.call('GET', `/v1/campaigns/${id}/timeline`);
    expect(body.data.map(({ title }: { title: string }) => title)).toEqual(['Campaign published', 'Draft opened']);
    expect(body.next[0]).toMatchObject({ title: 'Story goes out', when: { local: '2026-11-23T10:05:00+01:00', timeZone: 'Europe/Amsterdam' } });
  });
});

test('an image of a story is public by its full address only', async () => {
  const id = await published();
  const story = newId();
  const workspaceId = api.scope.workspaceId;
  const { id: blob, sha256 } = await api.db.inWorkspace(api.scope, (tx) => blobsOf(tx).put({ bytes: Buffer.from('png'), contentType: 'image/png' }));
  await api.rows('insert into story (id, workspace_id, created_at, campaign_id, position, image_blob_id) values (?, ?, now(), ?, 0, ?)', [story, workspaceId, id, blob]);
  const image = await api.call('GET', `/v1/public/stories/${story}/${sha256}`, { token: '' });
  expect([image.status, image.body, image.headers.get('content-type')]).toEqual([200, 'png', 'image/png']);
  expect((await api.call('GET', `/v1/public/stories/${story}/${'b'.repeat(64)}`, { token: '' })).status).toBe(404);
});

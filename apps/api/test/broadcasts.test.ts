import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sendBatch } from '@sevenfold/core/broadcasts';
import { aMember } from '@sevenfold/testing/factories';
import { apiWorld, type Answer, type ApiWorld } from './api-world.js';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld();
}, 120_000);
afterAll(() => api[Symbol.asyncDispose]());

const creator = async (name: string, address?: string): Promise<string> =>
  (await api.call('POST', '/v1/creators', { body: { name, contactPoints: address ? [{ channel: 'email', address }] : [] } })).body.id;
const draft = async (body: object, token?: string): Promise<Answer> =>
  api.call('POST', '/v1/broadcasts', { ...(token && { token }), body: { name: 'Spring', texts: { subject: 'Spring', text: 'Hi {{creator.firstName}}' }, ...body } });
const run = (broadcastId: string) => sendBatch(api.db, { workspaceId: api.workspace.workspaceId, broadcastId });

describe('a message to many', () => {
  test('is written, previewed, checked, sent once and accounted for', async () => {
    const [mia, noa] = [await creator('Mia Meyer', 'mia@x.test'), await creator('Noa Nil')];
    const made = await draft({ recipients: { creators: [mia, noa] } });
    expect([made.status, made.body]).toEqual([201, expect.objectContaining({ status: 'draft', total: 0, name: 'Spring', kind: 'bulk', recipients: { creators: [mia, noa] }, counts: expect.objectContaining({ queued: 0 }) })]);
    const path = `/v1/broadcasts/${made.body.id}`;
    expect((await api.call('GET', `${path}/preview?creatorId=${mia}`)).body).toMatchObject({ chosen: true, channel: 'email', texts: { subject: 'Spring', text: 'Hi Mia' } });
    expect((await api.call('POST', `${path}/check`)).body).toMatchObject({ recipients: 2, total: 1, willSend: { email: 1 }, skipped: { no_address: { count: 1, examples: [{ creatorId: noa, name: 'Noa Nil' }] } } });
    expect((await api.call('PATCH', path, { body: { texts: { text: 'Hello {{creator.firstName}}' } } })).body).toMatchObject({ status: 'draft', version: 1 });

    // The same press twice is one; another press is told who was first.
    const presses = await Promise.all([api.call('POST', `${path}/send`, { key: 'one' }), api.call('POST', `${path}/send`, { key: 'two' })]);
    expect(presses.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(presses.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'already_sent', by: expect.any(String), at: '2026-11-23T09:00:00.000Z' });
    const winner = presses[0].status === 202 ? 'one' : 'two';
    expect((await api.call('POST', `${path}/send`, { key: winner })).status).toBe(202);
    await run(made.body.id);
    expect((await api.call('GET', path)).body).toMatchObject({ status: 'done', total: 2, counts: { sent: 1, skipped: 1, failed: 0 }, skippedBecause: { no_address: 1 }, unresolved: 0, secondsLeft: null });
    const { body: results } = await api.call('GET', `${path}/results`);
    expect(results.data.map(({ creator: { name }, state, code }: { creator: { name: string }; state: string; code: string }) => [name, state, code]).sort()).toEqual([['Mia Meyer', 'sent', null], ['Noa Nil', 'skipped', 'no_address']]);
    expect((await api.call('GET', `${path}/results?state=skipped`)).body.data).toHaveLength(1);
    const csv = await api.call('GET', `${path}/results.csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(String(csv.body).trim().split('\r\n')).toHaveLength(3);
    expect((await api.call('GET', '/v1/broadcasts?status=done&byTeam=true')).body.data.map(({ id }: { id: string }) => id)).toContain(made.body.id);
    expect((await api.call('GET', `/v1/audit?entityId=${made.body.id}`)).body.data.map(({ action }: { action: string }) => action).sort())
      .toEqual(['broadcast.changed', 'broadcast.drafted', 'broadcast.sent']);
  });

  test('is scheduled, taken back, paused, resumed and cancelled', async () => {
    const ids = [await creator('Pia', 'pia@x.test'), await creator('Quin', 'quin@x.test')];
    const { body } = await draft({ recipients: { creators: ids } });
    const path = `/v1/broadcasts/${body.id}`;
    expect((await api.call('POST', `${path}/schedule`, { body: { at: '2020-01-01T00:00:00Z' } })).status).toBe(422);
    expect((await api.call('POST', `${path}/schedule`, { body: { at: '2026-11-24T09:00:00Z', timeZone: 'Mars/Base' } })).status).toBe(422);
    expect((await api.call('POST', `${path}/schedule`, { body: { at: '2026-11-24T09:00:00Z' } })).body).toMatchObject({ status: 'scheduled', sendAt: '2026-11-24T09:00:00.000Z', timeZone: 'Europe/Amsterdam' });
    expect((await api.call('DELETE', `${path}/schedule`)).body).toMatchObject({ status: 'draft', sendAt: null });
    expect((await api.call('POST', `${path}/pause`)).body).toMatchObject({ code: 'wrong_state', state: 'draft' });
    // Sent by hand before its instant, none is ahead any more.
    await api.call('POST', `${path}/schedule`, { body: { at: '2026-11-24T09:00:00Z' } });
    expect((await api.call('POST', `${path}/send`)).body).toMatchObject({ status: 'queued', sendAt: null });
    expect((await api.call('POST', `${path}/pause`)).body).toMatchObject({ pausedAt: expect.any(String) });
    expect(await run(body.id)).toMatchObject({ done: false, sent: 0 });
    expect((await api.call('POST', `${path}/resume`)).body).toMatchObject({ pausedAt: null });
    expect((await api.call('POST', `${path}/cancel`)).body).toMatchObject({ status: 'cancelled', counts: { cancelled: 2 } });
    expect((await api.call('POST', `${path}/resume`)).status).toBe(409);
    expect((await api.call('POST', `${path}/retry`)).body).toMatchObject({ status: 'cancelled', counts: { cancelled: 2, queued: 0 }, retried: 0 });
    expect((await api.call('POST', `${path}/resolve-unknown`, { body: { action: 'leave' } })).body).toMatchObject({ status: 'cancelled', resolved: 0 });
    expect((await api.call('POST', `${path}/resolve-unknown`, { body: { action: 'forget' } })).status).toBe(422);
  });

  test('says how many a press was about, to whoever repeats it too', async () => {
    const ids = [await creator('Rae', 'rae@x.test'), await creator('Sol', 'sol@x.test')];
    const { body } = await draft({ recipients: { creators: ids } });
    const path = `/v1/broadcasts/${body.id}`;
    await api.call('POST', `${path}/send`);
    await run(body.id);
    await api.db.inWorkspace({ workspaceId: api.workspace.workspaceId, actor: { kind: 'system', via: 'engine' } }, (tx) =>
      tx.em.execute(`update message set status = 'failed', code = '550' where broadcast_id = ?`, [body.id]));
    const presses = await Promise.all(['a', 'b'].map((key) => api.call('POST', `${path}/retry`, { key })));
    expect(presses.map(({ status, body: { retried, counts } }) => [status, retried, counts.queued]).sort()).toEqual([[202, 0, 2], [202, 2, 2]]);
    const again = await Promise.all(['a', 'b'].map((key) => api.call('POST', `${path}/retry`, { key })));
    expect(again.map(({ body: { retried } }) => retried)).toEqual(presses.map(({ body: { retried } }) => retried));
    expect(again[0]?.headers.get('idempotency-replay')).toBe('true');
  });

  test('to whom the inbox shows, and what is wrong with recipients is named by its field', async () => {
    const { body } = await draft({ recipients: { inbox: { waiting: true, assignee: 'me' } } });
    expect(body.recipients).toEqual({ inbox: { waiting: true, assignee: expect.stringMatching(/^[0-9a-f-]{36}$/), snoozed: false } });
    expect((await api.call('POST', `/v1/broadcasts/${body.id}/check`)).body).toMatchObject({ recipients: 0, total: 0 });
    expect((await api.call('POST', `/v1/broadcasts/${body.id}/send`)).body).toMatchObject({ status: 422, code: 'no_recipients' });
    const fields = async (recipients: unknown) => (await draft({ recipients } as object)).body.fields?.map(({ path, message }: { path: string; message: string }) => `${path}: ${message}`);
    expect(await fields({ inbox: { waiting: 'yes', q: 'words', assignee: 'everybody', snoozed: 'maybe' } })).toEqual([
      'recipients.inbox.waiting: Give true or false',
      'recipients.inbox.assignee: Give the id of a member, `me` for your own threads, or `none` for those that are nobody’s',
      'recipients.inbox.snoozed: Give true, false or `all`',
      'recipients.inbox.q: There is no such field',
    ]);
    expect(await fields({ filter: { country: 'nl' } })).toEqual(['recipients.filter.country: Use an ISO 3166 code such as NL']);
    expect(await fields({ creators: [] })).toEqual(['recipients.creators: Give a list of at least 1 entry']);
    expect(await fields({ creators: ['mia'] })).toEqual(['recipients.creators.0: Give an id, such as 0190c2a4-5b6e-7d11-8a3f-2f6d1f0f9b21']);
    expect(await fields({ campaign: { campaignId: '00000000-0000-4000-8000-000000000000', agreements: ['maybe'] } })).toEqual([expect.stringMatching(/^recipients\.campaign\.agreements\.0: Give one of: /)]);
    for (const ratePerSecond of [0, -1, 5e-324, 0.009]) {
      expect((await draft({ recipients: { filter: {} }, ratePerSecond })).body.fields).toEqual([{ path: 'ratePerSecond', message: 'Give a number of at least 0.01' }]);
    }
    for (const neither of [{}, 'all', { filter: {}, creators: ['00000000-0000-4000-8000-000000000000'] }]) {
      expect(await fields(neither)).toEqual(['recipients: Say who gets it by one of these: filter, campaign, creators or inbox']);
    }
  });

  test('is for managers to send, for members to read, and for nobody else', async () => {
    const { body } = await draft({ recipients: { filter: {} } });
    const member = (await aMember(api, 'member')).token;
    expect((await api.call('GET', `/v1/broadcasts/${body.id}`, { token: member })).status).toBe(200);
    expect((await draft({ recipients: { filter: {} } }, member)).status).toBe(403);
    for (const press of ['send', 'pause', 'cancel', 'retry', 'resolve-unknown']) {
      expect((await api.call('POST', `/v1/broadcasts/${body.id}/${press}`, { token: member, body: {} })).status).toBe(403);
    }
    expect((await api.call('DELETE', `/v1/broadcasts/${body.id}`)).status).toBe(204);
    expect((await api.call('GET', `/v1/broadcasts/${body.id}`)).status).toBe(404);
    expect((await draft({ recipients: { everybody: true } })).status).toBe(422);
    expect((await draft({ recipients: { campaign: { campaignId: '00000000-0000-4000-8000-000000000000' } } })).status).toBe(422);
  });
});

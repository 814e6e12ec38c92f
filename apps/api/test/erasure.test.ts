import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { queueMessage, sendOne } from '@sevenfold/core/inbox';
import { tellTeam } from '@sevenfold/core/notices';
import { newId } from '@sevenfold/platform/ids';
import { createRegistry } from '@sevenfold/plugin-sdk';
import { aClient, aCreator, aLink, aMember } from '@sevenfold/testing/factories';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { apiWorld, type ApiWorld } from './api-world.js';
import { RowEngine } from './row-engine.js';

const email = fakeChannel({ channel: 'email', traits: { rich: true } });
const engine = new RowEngine();
let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld({ plugins: createRegistry([email], []), change: { engine } });
  engine.db = api.db;
}, 120_000);
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => api.clock.set(new Date('2026-11-23T09:00:00Z')));

const call = {
  get: (path: string, token?: string) => api.call('GET', path, { token }),
  post: (path: string, body: unknown = {}, token?: string) => api.call('POST', path, { body, token }),
  erase: (id: string, token?: string) => api.call('DELETE', `/v1/creators/${id}`, { token }),
};

const terms = { feeMinor: 50_000, currency: 'EUR', payDate: '2027-01-15', deliverables: ['One reel'], usageRights: 'Online, one year' };
const secrets = {
  name: 'Zelda Canarybird', mail: 'zelda.canary@creators.test', legal: 'Legalia Canarywing', street: 'Canarystreet 77',
  words: 'Wordsofcanary', motivation: 'Motivecanary', reply: 'Replycanary', post: 'https://instagram.com/p/postcanary', track: 'TRACKCANARY', why: 'Whycanary',
};

/** What any table holds, past row-level security. */
async function found(): Promise<string[]> {
  const tables = await api.rows<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`);
  const hits: string[] = [];
  for (const { name } of tables) {
    const [row] = await api.rows<{ text: string | null }>(`select string_agg(t::text, ' ') as text from "${name}" t`).catch(() => [{ text: null }]);
    for (const [what, secret] of Object.entries(secrets)) if (row?.text?.toLowerCase().includes(secret.toLowerCase())) hits.push(`${what} in ${name}`);
  }
  return hits.sort();
}

test('erasing leaves nothing of a person but the agreement they signed, the ledger and a nameless row', async () => {
  const { clientId } = await aClient(api);
  const zelda = await aCreator(api, { name: secrets.name, newsletterOptIn: true, contactPoints: [{ channel: 'email', address: secrets.mail }] });
  const token = await aLink(api, zelda.id);
  const { body: { id: campaignId } } = await call.post('/v1/campaigns', {
    name: 'Spring', clientId, brief: 'Show the shoe', startsOn: '2026-12-07', endsOn: '2026-12-20', timeZone: 'Europe/Amsterdam',
    requirements: {}, contact: { name: 'Mara', phone: '+31 20 555 0100' }, terms,
  });
  expect((await call.post(`/v1/campaigns/${campaignId}/publish`)).status).toBe(200);
  const { body: applied } = await call.post(`/v1/creator/campaigns/${campaignId}/applications`, { motivation: secrets.motivation }, token);
  await api.call('PUT', `/v1/creator/campaigns/${campaignId}/entry`, {
    token, body: { legalName: secrets.legal, street: secrets.street, postalCode: '1', city: 'Amsterdam', country: 'NL' },
  });
  await api.call('PATCH', `/v1/applications/${applied.applicationId}`, { body: { status: 'selected' } });
  const { body: { agreements: [{ agreementId }] } } = await call.post(`/v1/campaigns/${campaignId}/agreements`, { items: [{ applicationId: applied.applicationId }] });
  expect(await call.erase(zelda.id)).toMatchObject({ status: 409, body: { reason: 'in_campaign', campaigns: [campaignId] } });
  const own = await call.get(`/v1/creator/agreements/${agreementId}`, token);
  await call.post(`/v1/creator/agreements/${agreementId}/sign`, { name: secrets.legal, agreed: true, documentHash: own.body.documentHash }, token);
  await call.post(`/v1/campaigns/${campaignId}/close`);
  expect((await call.post(`/v1/campaigns/${campaignId}/start`)).status).toBe(200);
  const { body: { data: [{ id: collaborationId }] } } = await call.get(`/v1/campaigns/${campaignId}/collaborations`);
  await call.post(`/v1/collaborations/${collaborationId}/parcels`, { carrier: 'PostNL', trackingCode: secrets.track });
  await call.post(`/v1/creator/collaborations/${collaborationId}/results`, { platform: 'instagram', postUrl: secrets.post, figures: { likes: 5 } }, token);
  const { messageId } = await api.db.inWorkspace(api.scope, (tx) =>
    queueMessage(tx, { creatorId: zelda.id, kind: 'chat', texts: { text: secrets.words }, dedupeKey: newId(), automatic: false, purpose: 'conversation' }),
  );
  await sendOne(api.db, { workspaceId: api.scope.workspaceId, messageId });
  await call.post('/v1/creator/thread', { text: secrets.reply }, token);
  await api.db.inWorkspace(api.scope, (tx) => tellTeam(tx, {
    kind: 'customer-success-request', campaignId, creatorId: zelda.id, dedupeKey: newId(), asks: true, data: { creator: secrets.name, reason: secrets.why },
  }));
  await api.rows(`insert into inbound_item (id, channel, provider_key, event, received_at) values (?, 'email', 'k', ?, ?)`, [
    newId(), JSON.stringify({ kind: 'message', from: secrets.mail.toUpperCase(), text: secrets.reply }), new Date(0),
  ]);
  expect(await call.erase(zelda.id)).toMatchObject({ status: 409 });
  await api.rows(`update campaign set status = 'finished' where id = ?`, [campaignId]);
  expect(await found()).toEqual(expect.arrayContaining(['name in creator', 'mail in contact_point', 'words in message', 'motivation in application', 'name in notice', 'reply in inbound_item', 'post in result', 'track in parcel']));

  expect((await call.erase(zelda.id)).status).toBe(204);
  expect(await found()).toEqual([]);
  expect((await call.erase(zelda.id)).status).toBe(404);
  for (const path of ['', '/addresses']) expect((await call.get(`/v1/creators/${zelda.id}${path}`)).body.data ?? []).toEqual([]);
  expect((await call.get('/v1/creator/me', token)).status).toBe(401);
  expect((await call.get('/v1/creators')).body.data.map(({ id }: { id: string }) => id)).not.toContain(zelda.id);
  expect((await call.get(`/v1/threads?creatorId=${zelda.id}`)).body.data).toEqual([]);
  // They had written last: nobody is to answer that any more, or to be reminded of it.
  expect(await api.rows('select waiting_since, reply_remind_at, reply_due_at from thread where creator_id = ?', [zelda.id])).toEqual([{ waiting_since: null, reply_remind_at: null, reply_due_at: null }]);
  expect((await call.get('/v1/threads/counts')).body).toMatchObject({ unread: 0, waiting: 0, overdue: 0 });
  expect(await api.rows('select wrapped from data_key where creator_id = ?', [zelda.id])).toEqual([{ wrapped: null }]);

  // What was signed stays as it was signed; who is in the group is still counted.
  const document = await call.get(`/v1/agreements/${agreementId}/document.html`);
  expect([document.status, document.headers.get('x-document-sha256')]).toEqual([200, own.body.documentHash]);
  expect(document.body).toContain(secrets.name);
  expect((await call.get(`/v1/agreements/${agreementId}`)).body).toMatchObject({ status: 'accepted', creator: { name: 'Erased creator' } });
  expect((await call.get(`/v1/campaigns/${campaignId}/collaborations`)).body.data).toMatchObject([{ creator: { name: 'Erased creator' } }]);
  expect((await call.get(`/v1/campaigns/${campaignId}/results`)).body.data).toMatchObject([{ creator: { name: 'Erased creator' } }]);

  // Imported again, they are not written to before they say so themselves.
  const again = await aCreator(api, { name: 'Back', newsletterOptIn: true, contactPoints: [{ channel: 'email', address: secrets.mail }] });
  const { messageId: unwanted } = await api.db.inWorkspace(api.scope, (tx) =>
    queueMessage(tx, { creatorId: again.id, kind: 'chat', texts: { text: 'Hi' }, dedupeKey: newId(), automatic: false, purpose: 'conversation' }),
  );
  await sendOne(api.db, { workspaceId: api.scope.workspaceId, messageId: unwanted });
  expect(await api.rows('select status, code from message where id = ?', [unwanted])).toEqual([{ status: 'failed', code: 'opted_out' }]);
});

test('only who may, and what has not left yet never will', async () => {
  const creator = await aCreator(api);
  const reviewer = await aMember(api, 'client-reviewer', { clientId: (await aClient(api)).clientId });
  expect((await call.erase(creator.id, reviewer.token)).status).toBe(403);
  const { messageId } = await api.db.inWorkspace(api.scope, (tx) =>
    queueMessage(tx, { creatorId: creator.id, kind: 'chat', texts: { text: 'Late' }, dedupeKey: newId(), automatic: false, purpose: 'conversation' }),
  );
  expect((await call.erase(creator.id)).status).toBe(204);
  const before = email.attempts.length;
  await sendOne(api.db, { workspaceId: api.scope.workspaceId, messageId });
  expect(email.attempts).toHaveLength(before);
  expect((await call.get('/v1/notices?kind=missing-address')).body.data.filter(({ creatorId }: { creatorId: string }) => creatorId === creator.id)).toEqual([]);
});

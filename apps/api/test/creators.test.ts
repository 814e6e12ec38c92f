import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aClient, aCreator, aMember } from '@sevenfold/testing/factories';
import { apiWorld, type ApiWorld } from './api-world.js';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld();
}, 120_000);
afterAll(() => api[Symbol.asyncDispose]());

const paths = (body: { fields: { path: string }[] }) => body.fields.map(({ path }) => path);

describe('creators', () => {
  test('keep addresses and profiles in the form their plugins know them by', async () => {
    const { status, body } = await api.call('POST', '/v1/creators', {
      body: {
        name: 'Mia', country: 'NL', birthDate: '2000-02-29', languages: ['nl', 'en'], hasApp: true, newsletterOptIn: true,
        contactPoints: [{ channel: 'email', address: ' Mia@Example.org ' }, { channel: 'email', address: 'mia@example.org' }],
        profiles: [{ profile: 'https://instagram.test/Mia.NL', followers: 12_000 }],
      },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'Mia', country: 'NL', birthDate: '2000-02-29', languages: ['nl', 'en'], hasApp: true, newsletterOptIn: true, inNetwork: true,
      contactPoints: [{ channel: 'email', address: 'mia@example.org' }],
      profiles: [{ platform: 'instagram', username: 'mia.nl', url: 'https://instagram.test/mia.nl', followers: 12_000 }],
      createdAt: '2026-11-23T09:00:00.000Z',
    });
    expect((await api.call('GET', `/v1/creators/${body.id}`)).body).toEqual(body);
  });

  test('name every address and profile that no plugin takes', async () => {
    const { status, body } = await api.call('POST', '/v1/creators', {
      body: { name: 'X', contactPoints: [{ channel: 'fax', address: '1' }, { channel: 'email', address: ' ' }] },
    });
    expect([status, paths(body)]).toEqual([422, ['contactPoints.0.channel', 'contactPoints.1.address']]);
    const wrong = await api.call('POST', '/v1/creators', { body: { name: 'X', profiles: [{ profile: 'mia' }, { platform: 'myspace', profile: 'x' }, { profile: 'https://x.test/y' }] } });
    expect(paths(wrong.body)).toEqual(['profiles.0.platform', 'profiles.1.platform', 'profiles.2.profile']);
    expect((await api.call('GET', '/v1/creators?q=X')).body.data).toEqual([]);
  });

  test('change by what is named; a profile that stays keeps its id, and one profile has one creator', async () => {
    const profiles = [{ platform: 'instagram', profile: 'keeps' }, { platform: 'instagram', profile: 'goes' }];
    const { body } = await api.call('POST', '/v1/creators', { body: { name: 'Ida', profiles } });
    const changed = await api.call('PATCH', `/v1/creators/${body.id}`, {
      body: { profiles: [{ platform: 'instagram', profile: '@keeps', followers: 5 }], contactPoints: [{ channel: 'sms', address: '+491' }], hasApp: false },
    });
    expect(changed.body).toMatchObject({ name: 'Ida', hasApp: false, contactPoints: [{ channel: 'sms', address: '+491' }] });
    expect(changed.body.profiles).toEqual([{ ...body.profiles[0], followers: 5 }]);
    expect((await api.call('PATCH', `/v1/creators/${body.id}`, { body: { contactPoints: [] } })).body.contactPoints).toEqual([]);
    expect((await api.call('PATCH', `/v1/creators/${body.id}`, { body: { contactPoints: [{ channel: 'sms', address: '+491' }] } })).body.contactPoints).toHaveLength(1);
    const taken = await api.call('POST', '/v1/creators', { body: { name: 'Thief', profiles: [{ platform: 'instagram', profile: 'keeps' }] } });
    expect(taken).toMatchObject({ status: 409, body: { reason: 'profile_taken', creatorId: body.id } });
  });

  test('are found by name, username and flags', async () => {
    const found = async (query: string) => (await api.call('GET', `/v1/creators?${query}`)).body.data.map((each: { name: string }) => each.name).sort();
    await api.call('POST', '/v1/creators', { body: { name: '50%_Off', inNetwork: false } });
    expect(await found('q=iDA')).toEqual(['Ida']);
    expect(await found('q=KEEPS')).toEqual(['Ida']);
    expect(await found('q=%25_')).toEqual(['50%_Off']);
    expect(await found('hasApp=true&country=NL')).toEqual(['Mia']);
    expect(await found('inNetwork=false')).toEqual(['50%_Off']);
    expect((await api.call('GET', '/v1/creators?hasApp=maybe')).status).toBe(422);
  });

  test('go while nothing has happened with them', async () => {
    const fresh = await aCreator(api);
    expect((await api.call('DELETE', `/v1/creators/${fresh.id}`)).status).toBe(204);
    expect((await api.call('GET', `/v1/creators/${fresh.id}`)).status).toBe(404);
  });
});

describe('personal links', () => {
  test('open the creator API until they end', async () => {
    const creator = await aCreator(api);
    const { status, body } = await api.call('POST', `/v1/creators/${creator.id}/links`, { body: { expiresAt: '2026-11-24T09:00:00Z' } });
    expect([status, body.purpose, body.url]).toEqual([201, 'creator', `https://sevenfold.test/c/${body.token}`]);
    const use = () => api.call('POST', '/v1/creator/files', { token: body.token, body: Buffer.from('x'), headers: { 'content-type': 'text/plain' } });
    expect((await use()).status).toBe(201);
    await api.rows('update creator_link set expires_at = ? where id = ?', [await api.clock.now(), body.id]);
    expect((await use()).status).toBe(401);
    const other = await api.call('POST', `/v1/creators/${creator.id}/links`, { body: {} });
    const upload = () => api.call('POST', '/v1/creator/files', { token: other.body.token, body: Buffer.from('x') });
    expect((await upload()).status).toBe(201);
    expect((await api.call('DELETE', `/v1/creators/${api.workspace.ownerId}/links/${other.body.id}`)).status).toBe(404);
    expect((await api.call('DELETE', `/v1/creators/${creator.id}/links/${other.body.id}`)).status).toBe(204);
    expect((await upload()).status).toBe(401);
    const rows = await api.rows<{ text: string }>('select l::text as text from creator_link l');
    expect(rows.some(({ text }) => text.includes(body.token.slice(-43)))).toBe(false);
  });

  test('are made by who may, for creators that are there', async () => {
    const creator = await aCreator(api);
    const member = await aMember(api, 'member');
    expect((await api.call('POST', `/v1/creators/${creator.id}/links`, { token: member.token, body: {} })).status).toBe(403);
    expect((await api.call('POST', `/v1/creators/${api.workspace.ownerId}/links`, { body: {} })).status).toBe(404);
  });
});

describe('files', () => {
  const upload = (body: Uint8Array | FormData, type?: string) => api.call('POST', '/v1/files', { body, ...(type && { headers: { 'content-type': type } }) });

  test('of several pieces come back byte for byte, the same ones as one', async () => {
    const bytes = randomBytes(2_500_000);
    const { status, body } = await upload(bytes, 'image/png');
    expect([status, body]).toEqual([201, { id: body.id, sha256: createHash('sha256').update(bytes).digest('hex'), contentType: 'image/png', size: 2_500_000 }]);
    const form = new FormData();
    form.set('file', new Blob([bytes], { type: 'image/png' }), 'a.png');
    expect((await upload(form)).body).toEqual(body);
    const response = await fetch(`${api.url}/v1/files/${body.id}`, { headers: { authorization: `Bearer ${api.workspace.token}` } });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('content-disposition')).toBe('attachment');
    const chunks = await api.rows<{ hex: string }>(`select encode(bytes, 'hex') as hex from blob_chunk where blob_id = ? order by seq`, [body.id]);
    expect(chunks).toHaveLength(3);
    // Sealed: no piece of the file stands in the table, and a piece put in another's place is noticed.
    for (const [at, { hex }] of chunks.entries()) expect(hex).not.toContain(bytes.subarray(at * 1024 * 1024 + 100, at * 1024 * 1024 + 116).toString('hex'));
    await api.rows(`update blob_chunk set bytes = (select bytes from blob_chunk where blob_id = ? and seq = 0) where blob_id = ? and seq = 1`, [body.id, body.id]);
    expect((await api.call('GET', `/v1/files/${body.id}`)).status).toBe(500);
    await api.rows('delete from blob_chunk where blob_id = ? and seq > 0', [body.id]);
    expect((await api.call('GET', `/v1/files/${body.id}`)).status).toBe(500);
  });

  test('too large, empty and unreadable ones are refused', async () => {
    expect(await upload(randomBytes(3_000_001), 'image/png')).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
    expect(await upload(randomBytes(3_100_000), 'image/png')).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
    expect(await upload(new Uint8Array(), 'image/png')).toMatchObject({ status: 422 });
    expect(await upload(Buffer.from('nonsense'), 'multipart/form-data')).toMatchObject({ status: 400 });
  });

  test('a client reviewer sees those of their client’s campaigns alone', async () => {
    const [shown, hidden] = [(await upload(Buffer.from('shown'), 'text/plain')).body.id, (await upload(Buffer.from('hidden'), 'text/plain')).body.id];
    const { clientId } = await aClient(api);
    const { token } = await aMember(api, 'client-reviewer', { clientId });
    await api.rows(
      `insert into campaign (id, workspace_id, created_at, updated_at, status, client_id, name, details, version)
       values (?, ?, ?, ?, 'published', ?, 'C', ?, 0)`,
      [clientId, api.workspace.workspaceId, new Date(0), new Date(0), clientId, JSON.stringify({ images: [{ fileId: shown, storyAllowed: true }] })],
    );
    expect((await api.call('GET', `/v1/files/${shown}`, { token })).status).toBe(200);
    expect((await api.call('GET', `/v1/files/${hidden}`, { token })).status).toBe(404);
  });
});

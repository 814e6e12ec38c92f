import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aClient, aMember, aWorkspace } from '@sevenfold/testing/factories';
import { createRegistry } from '@sevenfold/plugin-sdk';
import { fakeChannel, fakeSocial } from '@sevenfold/testing/fakes';
import { apiWorld, type ApiWorld } from './api-world.js';

let api: ApiWorld;
beforeAll(async () => {
  const sms = Object.assign(fakeChannel({ channel: 'sms', traits: { bodyTemplate: 'short' } }), {
    measure: (text: string) => ({ segments: Math.ceil(text.length / 160), encoding: 'GSM-7', units: text.length, left: 0 }),
  });
  const email = fakeChannel({ channel: 'email', traits: { rich: true, bodyTemplate: 'html' } });
  api = await apiWorld({ plugins: createRegistry([email, sms], [fakeSocial('instagram')]) });
}, 120_000);
afterAll(() => api[Symbol.asyncDispose]());

const put = (key: string, body: object, token?: string) => api.call('PUT', `/v1/templates/${key}`, { body, ...(token && { token }) });

describe('templates', () => {
  test('are listed, read, saved, brought back and reset', async () => {
    const list = await api.call('GET', '/v1/templates?limit=200');
    expect(list.body.data.map(({ key }: { key: string }) => key)).toEqual(expect.arrayContaining(['invite', 'agreement-document', 'partial.layout']));
    expect(await api.call('GET', '/v1/templates/bummer')).toMatchObject({
      status: 200, body: { version: 0, own: null, kind: 'message', effective: { text: { from: 'default' } }, variables: expect.arrayContaining([{ name: 'campaign.name', always: true }, { name: 'contact.phone', always: false }]) },
    });
    expect(await put('bummer', { expectedVersion: 0, forms: { text: 'Not this time, {{creator.name}}' }, note: 'warmer' })).toMatchObject({ status: 200, body: { version: 1, own: { text: 'Not this time, {{creator.name}}' } } });
    expect(await put('bummer', { expectedVersion: 0, forms: { text: 'Late' } })).toMatchObject({ status: 409, body: { code: 'conflict', version: 1 } });
    expect(await put('bummer', { expectedVersion: 1, forms: { text: 'Two' } })).toMatchObject({ status: 200 });
    expect(await api.call('POST', '/v1/templates/bummer/restore', { body: { version: 1, expectedVersion: 2 } })).toMatchObject({ status: 200, body: { version: 3, own: { text: 'Not this time, {{creator.name}}' } } });
    expect((await api.call('GET', '/v1/templates/bummer/versions')).body.data).toMatchObject([{ number: 3, restoredFrom: 1, inForce: true }, { number: 2 }, { number: 1, note: 'warmer', savedBy: { id: expect.any(String) } }]);
    expect(await api.call('GET', '/v1/templates/bummer/versions/2')).toMatchObject({ status: 200, body: { forms: { text: 'Two' } } });
    expect((await api.call('GET', '/v1/templates/bummer/versions/9')).status).toBe(404);
    expect((await api.call('GET', '/v1/templates/bummer/versions/two')).status).toBe(404);
    expect(await api.call('POST', '/v1/templates/bummer/reset', { body: { expectedVersion: 3 } })).toMatchObject({ status: 200, body: { version: 4, own: null } });
    const audited = (await api.call('GET', '/v1/audit')).body.data.filter(({ entity }: { entity: string }) => entity === 'template');
    expect(audited.map(({ action }: { action: string }) => action).sort()).toEqual(['template.reset', 'template.restored', 'template.saved', 'template.saved']);
  });

  test('that are wrong are refused: names of variables, lines and columns, unknown forms', async () => {
    expect(await put('bummer', { expectedVersion: 4, forms: { text: '{{pet}}' } })).toMatchObject({ status: 422, body: { code: 'missing_variables', variables: ['pet'] } });
    expect(await put('bummer', { expectedVersion: 4, forms: { html: '<p>\n{{#if a}}</p>' } })).toMatchObject({ status: 422, body: { code: 'invalid_fields', fields: [{ path: 'html', message: expect.stringMatching(/^line \d+, column \d+:/) }] } });
    expect(await put('bummer', { expectedVersion: 4, forms: { text: 'x', sms: 'y' } })).toMatchObject({ status: 422, body: { code: 'invalid_fields' } });
    expect((await put('bummer', { forms: { text: 'x' } })).status).toBe(422);
    const loop = '{{#each campaigns}}'.repeat(20) + '{{/each}}'.repeat(20);
    expect((await put('newsletter', { expectedVersion: 0, forms: { text: loop } })).status).toBe(422);
    expect((await put('nothing', { expectedVersion: 0, forms: { text: 'x' } })).status).toBe(404);
    expect((await put('constructor', { expectedVersion: 0, forms: { text: 'x' } })).status).toBe(404);
  });

  test('are edited by managers, read by members, and hidden from reviewers and from other workspaces', async () => {
    const [manager, member] = [await aMember(api, 'manager'), await aMember(api, 'member')];
    const reviewer = await aMember(api, 'client-reviewer', { clientId: (await aClient(api)).clientId });
    const body = { expectedVersion: 0, forms: { text: 'Ours {{link}}' } };
    expect((await put('invite', body, member.token)).status).toBe(403);
    expect((await put('invite', body, reviewer.token)).status).toBe(403);
    expect((await api.call('GET', '/v1/templates/invite', { token: reviewer.token })).status).toBe(403);
    expect((await put('invite', body, manager.token)).status).toBe(200);
    expect((await api.call('GET', '/v1/templates/invite', { token: member.token })).body.own).toEqual(body.forms);
    const other = await aWorkspace(api, { owner: { name: 'Op', email: 'op@other.test' } });
    expect((await api.call('GET', '/v1/templates/invite', { token: other.token })).body).toMatchObject({ version: 0, own: null });
  });

  test('are previewed with a real campaign and creator, for each channel, with what an SMS costs', async () => {
    const creator = (await api.call('POST', '/v1/creators', { body: { name: 'Ada <i>', contactPoints: [{ channel: 'email', address: 'ada@people.test' }] } })).body;
    const client = (await api.call('POST', '/v1/clients', { body: { name: 'Brand' } })).body;
    const campaign = (await api.call('POST', '/v1/campaigns', { body: { name: 'Spring', clientId: client.id } })).body;
    const preview = (key: string, more: object = {}) => api.call('POST', `/v1/templates/${key}/preview`, { body: { campaignId: campaign.id, creatorId: creator.id, ...more } });
    expect(await preview('bummer')).toMatchObject({
      status: 200,
      body: {
        texts: { subject: 'About your application for Spring', html: expect.stringContaining('Ada &lt;i&gt;') },
        channels: [
          { channel: 'email', form: 'html', subject: 'About your application for Spring', segments: null },
          { channel: 'sms', form: 'short', subject: null, body: expect.stringContaining('Ada <i>'), segments: 1 },
        ],
      },
    });
    expect(await preview('bummer', { forms: { short: '{{creator.name}}'.repeat(30) }, level: 'campaign' })).toMatchObject({ body: { effective: { short: { from: 'campaign' } }, channels: [{}, { segments: 2 }] } });
    expect(await preview('bummer', { forms: { text: '{{pet}}' } })).toMatchObject({ status: 422, body: { code: 'missing_variables', variables: ['pet'] } });
    expect(await api.rows('select 1 from message')).toEqual([]);
  });
});

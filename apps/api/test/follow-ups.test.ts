import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postAsCreator } from '@sevenfold/core/inbox';
import { newId } from '@sevenfold/platform/ids';
import { createRegistry } from '@sevenfold/plugin-sdk';
import { aCreator, aMember, aWorkspace } from '@sevenfold/testing/factories';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { apiWorld, type ApiWorld } from './api-world.js';

let world: ApiWorld;
beforeAll(async () => {
  world = await apiWorld({ plugins: createRegistry([fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } })]) });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const steps = [{ afterHours: 24, texts: { text: 'Hello {{creator.firstName}}' } }];

describe('follow-ups over REST', () => {
  test('a sequence is written, changed by one at a time, started, looked at and stopped', async () => {
    const made = await world.call('POST', '/v1/sequences', { body: { name: 'Gentle', steps } });
    expect(made).toMatchObject({ status: 201, body: { version: 1, steps: [{ onlyIf: 'always', channel: null }], runs: { running: 0 } } });
    const path = `/v1/sequences/${made.body.id}`;
    expect(await world.call('PATCH', path, { body: { version: 1, name: 'Gentler' } })).toMatchObject({ status: 200, body: { version: 2, name: 'Gentler' } });
    expect(await world.call('PATCH', path, { body: { version: 1, name: 'Late' } })).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const creator = await aCreator(world, { name: 'Ana', contactPoints: [] });
    const begun = await world.call('POST', `${path}/start`, { body: { creatorIds: [creator.id] } });
    expect(begun).toMatchObject({ status: 200, body: { started: [{ creatorId: creator.id }], skipped: [] } });
    const runs = () => world.call('GET', `/v1/sequence-runs?creatorId=${creator.id}`);
    expect((await runs()).body.data).toMatchObject([{ status: 'running', steps: 1, sent: 0, creator: { name: 'Ana' } }]);
    expect((await world.call('POST', `/v1/sequence-runs/${begun.body.started[0].runId}/stop`)).status).toBe(204);
    expect((await runs()).body.data).toMatchObject([{ status: 'stopped', stopReason: 'by_hand' }]);
    await world.call('POST', `${path}/start`, { body: { creatorIds: [creator.id] } });
    const { token } = await aMember(world, 'member');
    expect((await world.call('POST', `${path}/stop`, { token })).status).toBe(403);
    expect(await world.call('POST', `${path}/stop`)).toMatchObject({ status: 200, body: { stopped: 1 } });
    expect((await world.call('GET', path)).body.runs).toEqual({ running: 0, done: 0, stopped: 2 });
    expect((await world.call('POST', `/v1/sequences/${newId()}/stop`)).status).toBe(404);
    expect((await world.call('DELETE', path)).status).toBe(204);
    expect(await world.call('PATCH', path, { body: { version: 2, name: 'Gone' } })).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
    expect((await world.call('GET', '/v1/sequences')).body.data).toEqual([]);
    expect((await world.call('GET', '/v1/sequences?archived=true')).body.data).toHaveLength(1);
  });

  test('says what is wrong by step, and who may not', async () => {
    const wrong = { name: 'Wrong', steps: [{ afterHours: -1, texts: { text: 'x' } }, { afterHours: 1, channel: 'pigeon', texts: { text: '{{nobody}}' } }] };
    expect((await world.call('POST', '/v1/sequences', { body: wrong })).body.fields.map((each: { path: string }) => each.path)).toEqual(['steps.0.afterHours']);
    expect((await world.call('POST', '/v1/sequences', { body: { ...wrong, steps: [steps[0], wrong.steps[1]] } })).body.fields.map((each: { path: string }) => each.path))
      .toEqual(['steps.1.channel', 'steps.1.texts.text']);
    const { token } = await aMember(world, 'member');
    expect((await world.call('POST', '/v1/sequences', { body: { name: 'Mine', steps }, token })).status).toBe(403);
    expect((await world.call('POST', `/v1/sequence-runs/${newId()}/stop`)).status).toBe(404);
  });

  test('a saved reply is kept, filled for a creator, and removed', async () => {
    const { token } = await aMember(world, 'member');
    const made = await world.call('POST', '/v1/saved-replies', { body: { name: 'Thanks', text: 'Thanks {{creator.firstName}}, {{member.name}}' }, token });
    expect(made).toMatchObject({ status: 201, body: { version: 1, subject: null } });
    const creator = await aCreator(world, { name: 'Bo Berg', contactPoints: [] });
    await world.db.inWorkspace(world.scope, (tx) => postAsCreator(tx, { creatorId: creator.id, text: 'hi' }));
    const thread = (await world.call('GET', `/v1/threads?creatorId=${creator.id}`)).body.data[0].id;
    const filled = await world.call('GET', `/v1/saved-replies/${made.body.id}/filled?threadId=${thread}`, { token });
    expect(filled).toMatchObject({ status: 200, body: { text: 'Thanks Bo, The member', subject: null } });
    expect(await world.call('GET', `/v1/saved-replies/${made.body.id}/filled?threadId=${thread}&campaignId=${newId()}`)).toMatchObject({ status: 422, body: { fields: [{ path: 'campaignId' }] } });
    await world.call('PATCH', `/v1/saved-replies/${made.body.id}`, { body: { version: 1, text: 'About {{campaign.name}}' } });
    expect(await world.call('GET', `/v1/saved-replies/${made.body.id}/filled?threadId=${thread}`)).toMatchObject({ status: 422, body: { code: 'missing_variables' } });
    expect((await world.call('GET', '/v1/saved-replies')).body.data).toMatchObject([{ name: 'Thanks', version: 2 }]);
    expect((await world.call('DELETE', `/v1/saved-replies/${made.body.id}`)).status).toBe(204);
    expect((await world.call('GET', `/v1/saved-replies/${made.body.id}`)).status).toBe(404);
  });

  test('a saved reply has no personal link: nobody but its creator may read one, and a stand-in would be sent', async () => {
    const refused = async (body: object) => (await world.call('POST', '/v1/saved-replies', { body: { name: 'Linked', text: 'Hi', ...body } })).body.fields;
    expect(await refused({ text: 'See {{link}}' })).toMatchObject([{ path: 'text', message: expect.stringContaining('{{link}}') }]);
    expect(await refused({ subject: '{{link}}' })).toMatchObject([{ path: 'subject' }]);
    const partial = (expectedVersion: number, text: string) => world.call('PUT', '/v1/templates/partial.door', { body: { expectedVersion, forms: { text } } });
    await partial(0, 'Our door');
    const { body: made } = await world.call('POST', '/v1/saved-replies', { body: { name: 'Door', text: '{{> door}}' } });
    await partial(1, '{{link}}');
    const creator = await aCreator(world, { name: 'Di Dee', contactPoints: [] });
    await world.db.inWorkspace(world.scope, (tx) => postAsCreator(tx, { creatorId: creator.id, text: 'hi' }));
    const thread = (await world.call('GET', `/v1/threads?creatorId=${creator.id}`)).body.data[0].id;
    expect(await world.call('GET', `/v1/saved-replies/${made.id}/filled?threadId=${thread}`)).toMatchObject({ status: 422, body: { code: 'missing_variables', variables: ['link'] } });
  });

  test('the workspace’s own partials count in saved replies, sequences and messages to many: what they read must have a value as well', async () => {
    expect((await world.call('POST', '/v1/saved-replies', { body: { name: 'Signed', text: 'Hi {{> sign-off}}' } })).body.fields).toMatchObject([{ path: 'text' }]);
    const partial = { expectedVersion: 0, forms: { text: 'Yours, {{member.name}} of {{workspace.name}}' } };
    expect((await world.call('PUT', '/v1/templates/partial.sign-off', { body: partial })).status).toBe(200);
    const made = await world.call('POST', '/v1/saved-replies', { body: { name: 'Signed', text: 'Hi {{creator.firstName}}! {{> sign-off}}' } });
    expect(made.status).toBe(201);
    const creator = await aCreator(world, { name: 'Cy Cole', contactPoints: [] });
    await world.db.inWorkspace(world.scope, (tx) => postAsCreator(tx, { creatorId: creator.id, text: 'hi' }));
    const thread = (await world.call('GET', `/v1/threads?creatorId=${creator.id}`)).body.data[0].id;
    const { token } = await aMember(world, 'member');
    const { body: filled } = await world.call('GET', `/v1/saved-replies/${made.body.id}/filled?threadId=${thread}`, { token });
    expect(filled.text).toMatch(/^Hi Cy! Yours, The member of /);
    const texts = { text: 'Hello {{> sign-off}}' };
    expect((await world.call('POST', '/v1/sequences', { body: { name: 'Signed', steps: [{ afterHours: 1, texts }] } })).status).toBe(201);
    const draft = { name: 'Signed', recipients: { creators: [creator.id] }, texts };
    expect((await world.call('POST', '/v1/broadcasts', { body: draft })).status).toBe(201);
    await world.call('PUT', '/v1/templates/partial.broken', { body: { expectedVersion: 0, forms: { text: '{{pet.name}}' } } });
    expect((await world.call('POST', '/v1/saved-replies', { body: { name: 'Pets', text: '{{> broken}}' } })).body.fields).toMatchObject([{ path: 'text', message: expect.stringContaining('pet.name') }]);
    const elsewhere = await aWorkspace(world);
    expect((await world.call('POST', '/v1/saved-replies', { body: { name: 'Signed', text: '{{> sign-off}}' }, token: elsewhere.token })).status).toBe(422);
  });
});

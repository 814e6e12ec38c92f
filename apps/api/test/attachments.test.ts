import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { queueMessage, sendOne } from '@sevenfold/core/inbox';
import { newId } from '@sevenfold/platform/ids';
import { createRegistry } from '@sevenfold/plugin-sdk';
import { aClient, aCreator, aLink, aMember } from '@sevenfold/testing/factories';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { apiWorld, type ApiWorld } from './api-world.js';

const png = Buffer.from('\x89PNG\r\n\x1a\n and pixels', 'latin1');
const inApp = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true } });
const email = fakeChannel({ channel: 'email', traits: { attachments: true } });

let world: ApiWorld;
let creator: { id: string };
let threadId: string;
beforeAll(async () => {
  world = await apiWorld({ plugins: createRegistry([inApp, email]), config: { maxFileBytes: 50_000 } });
  creator = await aCreator(world, { contactPoints: [{ channel: 'email', address: 'ada@x.test' }] });
  await world.db.inWorkspace(world.scope, (tx) =>
    queueMessage(tx, { creatorId: creator.id, kind: 'chat', texts: { text: 'Hello' }, dedupeKey: newId(), automatic: false, purpose: 'conversation' }),
  );
  threadId = (await world.rows<{ id: string }>('select id from thread where creator_id = ?', [creator.id]))[0]?.id ?? '';
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const upload = (bytes: Uint8Array, type: string, filename: string, path = '/v1/attachments', token?: string) =>
  world.call('POST', `${path}?filename=${encodeURIComponent(filename)}`, { body: bytes, headers: { 'content-type': type }, token });
const send = (attachmentIds: string[], body: object = { text: 'See the file' }) =>
  world.call('POST', `/v1/threads/${threadId}/messages`, { body: { ...body, attachmentIds } });
const raw = async (path: string, token: string) => {
  const response = await fetch(world.url + path, { headers: token === '' ? {} : { authorization: `Bearer ${token}` } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
};

describe('a file to a creator', () => {
  test('is uploaded, sent, listed, downloaded, and opened by its link', async () => {
    const made = await upload(png, 'image/png', 'mood böard.png');
    expect(made).toMatchObject({ status: 201, body: { filename: 'mood böard.png', contentType: 'image/png', size: png.length, status: 'kept', role: 'attachment' } });
    const message = await send([made.body.id]);
    expect(message).toMatchObject({ status: 201, body: { attachments: [{ id: made.body.id, filename: 'mood böard.png' }] } });
    expect((await world.call('GET', `/v1/threads/${threadId}/messages`)).body.data[0].attachments).toHaveLength(1);
    const file = await raw(`/v1/attachments/${made.body.id}`, world.workspace.token);
    expect(file.bytes.equals(png)).toBe(true);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `attachment; filename="mood board.png"; filename*=UTF-8''mood%20b%C3%B6ard.png`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    });
    await sendOne(world.db, { workspaceId: world.workspace.workspaceId, messageId: message.body.id });
    const link = new URL(email.arrived.at(-1)?.attachments?.[0]?.url ?? '').pathname;
    const linked = await raw(link, '');
    expect([linked.status, linked.bytes.equals(png), linked.headers.get('content-disposition')?.startsWith('inline')]).toEqual([200, true, true]);
    expect((await raw(`${link}0`, '')).status).toBe(404);
  });

  test('that a browser could run is only ever saved', async () => {
    const svg = await upload(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'image/svg+xml', 'x.svg');
    const page = await upload(Buffer.from('<html>'), 'text/html', 'x.html');
    const message = await send([svg.body.id, page.body.id], {});
    await sendOne(world.db, { workspaceId: world.workspace.workspaceId, messageId: message.body.id });
    for (const { url } of email.arrived.at(-1)?.attachments ?? []) {
      const { headers } = await raw(new URL(url ?? '').pathname, '');
      expect([headers.get('content-type'), headers.get('content-disposition')?.split(';')[0]]).toEqual(['application/octet-stream', 'attachment']);
    }
  });

  test('is refused when it is empty, too large, sent before, or not there', async () => {
    expect(await upload(Buffer.alloc(50_001), 'image/png', 'x.png')).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
    expect(await upload(Buffer.alloc(0), 'image/png', 'x.png')).toMatchObject({ status: 422 });
    const once = await upload(png, 'image/png', 'once.png');
    expect((await send([once.body.id])).status).toBe(201);
    expect(await send([once.body.id])).toMatchObject({ status: 422, body: { code: 'invalid_fields' } });
    expect(await send([newId()])).toMatchObject({ status: 422 });
    for (const body of [{}, { text: '' }, { text: ' ', attachmentIds: [] }, { text: null }, { attachmentIds: 'x' }, [], '"x"', 'null']) {
      const answer = await world.call('POST', `/v1/threads/${threadId}/messages`, { body, headers: { 'content-type': 'application/json' } });
      expect([400, 422]).toContain(answer.status);
    }
  });

  test('comes in a form too', async () => {
    const form = new FormData();
    form.append('file', new Blob([png], { type: 'image/png' }), 'from form.png');
    expect(await world.call('POST', '/v1/attachments', { body: form })).toMatchObject({ status: 201, body: { filename: 'from form.png' } });
  });

  test('repeated with its key, makes one message', async () => {
    const { body } = await upload(png, 'image/png', 'again.png');
    const again = () => world.call('POST', `/v1/threads/${threadId}/messages`, { body: { text: 'x', attachmentIds: [body.id] }, key: 'with-file' });
    const [first, second] = [await again(), await again()];
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
    expect(second.body.attachments).toHaveLength(1);
  });
});

describe('who may', () => {
  test('a creator: what is in their own thread; a client reviewer: nothing; nobody: nothing', async () => {
    const mine = await aLink(world, creator.id);
    const other = await aLink(world, (await aCreator(world)).id);
    const { body: made } = await upload(Buffer.from('notes'), 'text/plain', 'notes.txt', '/v1/creator/attachments', mine);
    expect(await world.call('POST', '/v1/creator/thread', { token: mine, body: { attachmentIds: [made.id] } })).toMatchObject({ status: 201 });
    const { body: thread } = await world.call('GET', '/v1/creator/thread', { token: mine });
    expect(thread.data.flatMap((each: { attachments: { id: string }[] }) => each.attachments.map(({ id }) => id))).toContain(made.id);
    expect((await raw(`/v1/creator/attachments/${made.id}`, mine)).status).toBe(200);
    expect((await raw(`/v1/creator/attachments/${made.id}`, other)).status).toBe(404);
    expect(await world.call('POST', '/v1/creator/thread', { token: other, body: { attachmentIds: [made.id] } })).toMatchObject({ status: 422 });
    expect((await raw(`/v1/attachments/${made.id}`, mine)).status).toBe(403);
    expect((await raw(`/v1/attachments/${made.id}`, '')).status).toBe(401);
    const reviewer = await aMember(world, 'client-reviewer', { clientId: (await aClient(world)).clientId });
    expect((await raw(`/v1/attachments/${made.id}`, reviewer.token)).status).toBe(403);
    expect((await raw(`/v1/attachments/${made.id}`, (await aMember(world, 'member')).token)).status).toBe(200);
  });

  test('on their page a creator sends a file and saves those of the thread', async () => {
    const link = await aLink(world, creator.id);
    const form = new FormData();
    form.append('once', newId());
    form.append('text', '');
    form.append('file', new Blob([png], { type: 'image/png' }), 'page.png');
    const posted = await fetch(`${world.url}/c/${link}/messages`, { method: 'POST', body: form, redirect: 'manual' });
    expect(posted.status).toBe(303);
    const page = await (await fetch(`${world.url}/c/${link}/messages`)).text();
    const [, path = ''] = /href="([^"]+\/attachments\/[^"]+)" download="page.png"/.exec(page) ?? [];
    const file = await raw(path, '');
    expect([file.status, file.bytes.equals(png), file.headers.get('content-disposition')?.startsWith('attachment')]).toEqual([200, true, true]);
    const stranger = await aLink(world, (await aCreator(world)).id);
    expect((await raw(path.replace(link, stranger), '')).status).toBe(404);
  });
});

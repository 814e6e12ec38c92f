import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Tx } from '@sevenfold/core/db';
import { newId } from '@sevenfold/platform/ids';
import { createLogger } from '@sevenfold/platform/logging';
import { accepted, type ChannelPlugin, type FetchedAttachment } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { eraseCreator } from '../../creators/index.js';
import { cleanUp } from '../../engine/index.js';
import { sweepDue } from '../../engine/sweeper/sweep-due.js';
import { addInbound } from '../inbound/add-inbound.js';
import { postAsCreator } from '../inbound/post-as-creator.js';
import { queueMessage } from '../queue-message.js';
import { sendOne } from '../sending/send-one.js';
import { creatorThread } from '../threads/creator-thread.js';
import { getMessage, listMessages } from '../threads/list-messages.js';
import { replyInThread } from '../threads/reply.js';
import { attachLater, attachParts } from './attach-parts.js';
import { attachmentDueHandlers } from './fetch-attachment.js';
import { dropParts, partsOf, storeParts, type Part } from './parts.js';
import { attachmentUrl, openAttachmentLink } from './public-link.js';
import { readAttachment, readOwnAttachment } from './read-attachment.js';
import { keepUpload } from './uploads.js';

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64, 1)]);
const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true } });
const mail = fakeChannel({ channel: 'email', traits: { attachments: true } });
const plain = fakeChannel({ channel: 'plain' });
let answers: FetchedAttachment[] = [];
const asked: string[] = [];
const sms: ChannelPlugin = Object.assign(fakeChannel({ channel: 'sms' }), {
  fetchAttachment: async ({ url }: { url: string }): Promise<FetchedAttachment> => {
    asked.push(url);
    return answers.shift() ?? { outcome: 'refused', reason: 'gone' };
  },
});

let world: MessagingWorld;
let memberId: string;
beforeAll(async () => {
  world = await messagingWorld([app, mail, plain, sms]);
  memberId = await aMember();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  answers = [];
  asked.length = 0;
});

async function aMember(workspaceId = world.workspaceId): Promise<string> {
  const id = newId();
  await world.rows(`insert into member (id, workspace_id, created_at, name, email, role) values (?, ?, ?, 'Mia', ?, 'member')`, [id, workspaceId, await world.clock.now(), `${id}@team.test`]);
  return id;
}
const as = <T>(actor: string, work: (tx: Tx) => Promise<T>) =>
  world.db.inWorkspace({ workspaceId: world.workspaceId, actor: { kind: 'member', memberId: actor, role: 'member', via: 'api' } }, work);
const asCreator = <T>(creatorId: string, work: (tx: Tx) => Promise<T>) =>
  world.db.inWorkspace({ workspaceId: world.workspaceId, actor: { kind: 'creator', creatorId, via: 'link' } }, work);
const inbound = (creatorId: string, more: (tx: Tx, messageId: string) => Promise<void>, text = 'Hello', channel = 'sms') =>
  world.run(async (tx) => {
    const fact = await addInbound(tx, { creatorId, channel, text, dedupeKey: newId() });
    if (!fact) throw new Error('a repeat');
    await more(tx, fact.messageId);
    return fact.messageId;
  });
const view = (messageId: string) => world.run((tx) => getMessage(tx, messageId));
const sweep = () => sweepDue({ system: world.system, db: world.db, handlers: attachmentDueHandlers, logger: createLogger({ name: 'test', level: 'silent' }) });
const blobs = async () => (await world.rows<{ n: number }>('select count(*)::int as n from blob'))[0]?.n;
const reply = async (creatorId: string, ids: string[], { by = memberId, key = newId(), channel = 'email', text = 'See here' } = {}) => {
  const { messageId } = await world.run((tx) => queueMessage(tx, { creatorId, kind: 'chat', texts: { text: 'x' }, dedupeKey: newId(), automatic: false, purpose: 'conversation' }));
  const { threadId } = await view(messageId);
  return as(by, (tx) => replyInThread(tx, { threadId, memberId: by, text, channel, attachmentIds: ids, dedupeKey: key }));
};
const upload = (bytes: Buffer = jpeg, filename = 'photo.jpg', by = memberId) => as(by, (tx) => keepUpload(tx, { bytes, contentType: 'image/jpeg', filename }));
const code = (promise: Promise<unknown>) => promise.then(() => 'fine', (error: { code?: string }) => error.code);

describe('what came in', () => {
  const parts: Part[] = [
    { role: 'source', contentType: 'message/rfc822', content: Buffer.from('From: ada') },
    { role: 'attachment', filename: '../brief.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-1.7 x') },
    { role: 'inline', contentId: 'logo@1', contentType: 'image/png', content: jpeg },
    { role: 'attachment', filename: 'page.html', contentType: 'text/html', content: Buffer.from('<script>') },
  ];

  test('waits with its item, whose it is decides where it goes, and it is forgotten there', async () => {
    const itemId = newId();
    await world.system.transaction(async (em, now) => {
      await em.execute(`insert into inbound_item (id, channel, provider_key, event, received_at) values (?, 'email', ?, '{}', ?)`, [itemId, itemId, now]);
      await storeParts(em, now, itemId, parts);
      await storeParts(em, now, itemId, parts.slice(1)); // told again
    });
    const creatorId = await world.addCreator({ addresses: { email: 'a@x.test' } });
    const waiting = await world.system.transaction((em) => partsOf(em, itemId));
    const messageId = await inbound(creatorId, (tx, id) => attachParts(tx, id, waiting));
    await world.system.transaction((em) => dropParts(em, itemId));
    expect(await world.system.transaction((em) => partsOf(em, itemId))).toEqual([]);
    const { attachments } = await view(messageId);
    expect(attachments.map(({ role, status, filename, contentType, contentId }) => [role, status, filename, contentType, contentId])).toEqual([
      ['source', 'kept', 'source.eml', 'message/rfc822', null],
      ['attachment', 'kept', 'brief.pdf', 'application/pdf', null],
      ['inline', 'kept', 'attachment.jpg', 'image/jpeg', 'logo@1'],
      ['attachment', 'kept', 'page.html', 'application/octet-stream', null],
    ]);
    expect((await as(memberId, (tx) => readAttachment(tx, attachments[1]?.id ?? ''))).bytes.toString()).toBe('%PDF-1.7 x');
  });

  test('an item that goes takes its files with it', async () => {
    const itemId = newId();
    await world.system.transaction(async (em, now) => {
      await em.execute(`insert into inbound_item (id, channel, provider_key, event, received_at) values (?, 'email', ?, '{}', ?)`, [itemId, itemId, now]);
      await storeParts(em, now, itemId, parts);
    });
    await world.rows('delete from inbound_item where id = ?', [itemId]);
    expect(await world.rows('select 1 from inbound_part where item_id = ?', [itemId])).toEqual([]);
  });

  test('a file that is too large is named, and takes no other with it', async () => {
    const creatorId = await world.addCreator();
    const huge = { role: 'attachment' as const, filename: 'film.mp4', contentType: 'video/mp4', content: Buffer.alloc(25 * 1024 * 1024 + 1) };
    const messageId = await inbound(creatorId, (tx, id) => attachParts(tx, id, [huge, ...parts]));
    const { attachments } = await view(messageId);
    expect(attachments.filter(({ status }) => status === 'failed')).toMatchObject([{ filename: 'film.mp4', reason: 'too_large' }]);
    expect(attachments.filter(({ status }) => status === 'kept')).toHaveLength(4);
  });
});

describe('what the provider keeps', () => {
  const url = 'https://api.twilio.com/media/1';

  test('is announced at once, fetched by and by, and asked for again while the provider is away', async () => {
    const creatorId = await world.addCreator();
    const messageId = await inbound(creatorId, (tx, id) => attachLater(tx, id, [{ url, contentType: 'image/jpeg' }]), '');
    expect((await view(messageId)).attachments).toMatchObject([{ status: 'waiting', filename: 'attachment.jpg', size: null }]);
    expect(await world.rows('select last_preview from thread where creator_id = ?', [creatorId])).toEqual([{ last_preview: 'attachment.jpg' }]);
    const [{ id } = { id: '' }] = (await view(messageId)).attachments;
    expect(await code(as(memberId, (tx) => readAttachment(tx, id)))).toBe('not_found');
    answers = [{ outcome: 'not_now', reason: 'HTTP 503', retryAfterMs: 0 }, { outcome: 'fetched', contentType: 'image/jpeg', content: jpeg }];
    expect(await sweep()).toMatchObject({ handled: 0, failed: 1 });
    world.clock.advance(60_000);
    expect(await sweep()).toMatchObject({ handled: 1 });
    expect((await view(messageId)).attachments).toMatchObject([{ status: 'kept', size: jpeg.length, contentType: 'image/jpeg' }]);
    expect((await as(memberId, (tx) => readAttachment(tx, id))).bytes.equals(jpeg)).toBe(true);
    expect(asked).toEqual([url, url]);
    // Where it was is nobody's business any more.
    expect(await world.rows('select source from message_attachment where id = ?', [id])).toEqual([{ source: null }]);
  });

  test('refused, or given up after a day, it says so and is not asked for again', async () => {
    const creatorId = await world.addCreator();
    const gone = await inbound(creatorId, (tx, id) => attachLater(tx, id, [{ url, contentType: 'image/jpeg' }]));
    await sweep();
    expect((await view(gone)).attachments).toMatchObject([{ status: 'failed', reason: 'gone' }]);
    const away = await inbound(creatorId, (tx, id) => attachLater(tx, id, [{ url, contentType: 'image/jpeg' }]));
    world.clock.advance(25 * 3_600_000);
    answers = [{ outcome: 'not_now', reason: 'HTTP 503', retryAfterMs: 0 }];
    await sweep();
    expect((await view(away)).attachments).toMatchObject([{ status: 'failed', reason: 'HTTP 503' }]);
    await sweep();
    expect(asked).toHaveLength(2);
  });
});

describe('what goes out', () => {
  test('is carried by the channels that can, with a link that ends; the others leave it in the thread', async () => {
    const creatorId = await world.addCreator({ addresses: { email: 'b@x.test', plain: 'b' } });
    mail.answer = () => accepted('p1', 3);
    const first = await upload();
    const second = await upload(Buffer.from('hello'), 'notes.txt');
    const message = await reply(creatorId, [second.id, first.id]);
    expect(message.attachments.map(({ filename }) => filename)).toEqual(['notes.txt', 'photo.jpg']);
    await sendOne(world.db, { workspaceId: world.workspaceId, messageId: message.id });
    const sent = mail.arrived.at(-1)?.attachments ?? [];
    expect(sent.map(({ filename, content }) => [filename, content.byteLength])).toEqual([['notes.txt', 5], ['photo.jpg', jpeg.length]]);
    expect((await view(message.id)).deliveries).toMatchObject([{ status: 'sent', segments: 3 }]);

    const url = sent[1]?.url ?? '';
    expect(url).toMatch(/^https:\/\/sevenfold\.test\/m\/[0-9a-f]{32}_[0-9a-z]+_[0-9a-f]{40}$/);
    const token = url.slice('https://sevenfold.test/m/'.length);
    expect((await openAttachmentLink(world.system, world.db, token)).bytes.equals(jpeg)).toBe(true);
    const [id = '', until = '', proof = ''] = token.split('_');
    const later = (Number.parseInt(until, 36) + 1).toString(36);
    for (const forged of [`${id}_${later}_${proof}`, `${id}_${until}_${'0'.repeat(40)}`, `${second.id.replaceAll('-', '')}_${until}_${proof}`, id, '']) {
      expect(await code(openAttachmentLink(world.system, world.db, forged))).toBe('not_found');
    }
    world.clock.advance(15 * 24 * 3_600_000);
    expect(await code(openAttachmentLink(world.system, world.db, token))).toBe('expired');

    const words = await reply(creatorId, [(await upload()).id], { channel: 'plain' });
    await sendOne(world.db, { workspaceId: world.workspaceId, messageId: words.id });
    expect(plain.arrived.at(-1)?.attachments).toBeUndefined();
  });

  test('goes with one message, by who uploaded it, and a repeat changes nothing', async () => {
    const creatorId = await world.addCreator({ addresses: { email: 'c@x.test' } });
    const mine = await upload();
    const key = newId();
    const message = await reply(creatorId, [mine.id], { key });
    expect((await reply(creatorId, [mine.id], { key })).id).toBe(message.id);
    expect(await code(reply(creatorId, [mine.id]))).toBe('invalid_fields');
    expect(await code(reply(creatorId, [(await upload(jpeg, 'x.jpg', await aMember())).id]))).toBe('invalid_fields');
    expect(await code(reply(creatorId, [newId()]))).toBe('invalid_fields');
    const big = await Promise.all([0, 1].map((n) => upload(Buffer.concat([Buffer.alloc(13 * 1024 * 1024, n + 1), jpeg]), `${n}.bin`)));
    expect(await code(reply(creatorId, big.map(({ id }) => id)))).toBe('invalid_fields');
    expect(await code(reply(creatorId, [], { text: ' ' }))).toBe('invalid_fields');
    expect((await reply(creatorId, [(await upload()).id], { text: '' })).text).toBe('');
  });

  test('a link to what came in, or to an upload nobody sent, opens nothing', async () => {
    const creatorId = await world.addCreator();
    const messageId = await inbound(creatorId, (tx, id) => attachParts(tx, id, [{ role: 'attachment', contentType: 'image/jpeg', content: jpeg }]));
    const [came] = (await view(messageId)).attachments;
    for (const id of [came?.id ?? '', (await upload()).id]) {
      const url = attachmentUrl(world.db.services, id, await world.clock.now());
      expect(await code(openAttachmentLink(world.system, world.db, url.split('/m/')[1] ?? ''))).toBe('not_found');
    }
  });
});

test('a hundred uploads may wait to be sent, and not one more', async () => {
  const bob = await aMember();
  for (let n = 0; n < 100; n += 1) await upload(Buffer.from('the same'), `${n}.txt`, bob);
  expect(await code(upload(Buffer.from('the same'), 'more.txt', bob))).toBe('invalid_fields');
  expect(await code(upload())).toBe('fine');
});

describe('who may see a file', () => {
  test('a creator only those of their own thread, never the source, never one still on its way', async () => {
    const [ada, bob] = [await world.addCreator({ addresses: { email: 'd@x.test' } }), await world.addCreator()];
    const source = { role: 'source' as const, contentType: 'message/rfc822', content: Buffer.from('Received: by secret') };
    const messageId = await inbound(ada, (tx, id) => attachParts(tx, id, [source, { role: 'attachment', contentType: 'image/jpeg', content: jpeg }]));
    const [raw, photo] = (await view(messageId)).attachments;
    const own = (creatorId: string, id = '') => code(asCreator(creatorId, (tx) => readOwnAttachment(tx, creatorId, id)));
    expect(await own(ada, photo?.id)).toBe('fine');
    expect(await own(bob, photo?.id)).toBe('not_found');
    expect(await own(ada, raw?.id)).toBe('not_found');
    const outgoing = await reply(ada, [(await upload()).id]);
    expect(await own(ada, outgoing.attachments[0]?.id)).toBe('not_found');
    await sendOne(world.db, { workspaceId: world.workspaceId, messageId: outgoing.id });
    expect(await own(ada, outgoing.attachments[0]?.id)).toBe('fine');
    const thread = await asCreator(ada, (tx) => creatorThread(tx, ada, { limit: 10, cursor: undefined }));
    expect(thread.data.find(({ id }) => id === messageId)?.attachments.map(({ role }) => role)).toEqual(['attachment']);
  });

  test('another workspace none at all', async () => {
    const elsewhere = await world.addWorkspace();
    const { id } = await upload();
    const actor = { kind: 'member', memberId, role: 'owner', via: 'api' } as const;
    expect(await code(world.db.inWorkspace({ workspaceId: elsewhere, actor }, (tx) => readAttachment(tx, id)))).toBe('not_found');
  });

  test('a creator sends files too; the team reads them in the thread', async () => {
    const ada = await world.addCreator();
    const { id } = await asCreator(ada, (tx) => keepUpload(tx, { bytes: jpeg, contentType: 'image/jpeg', filename: 'draft.jpg' }));
    const { messageId } = await asCreator(ada, (tx) => postAsCreator(tx, { creatorId: ada, text: '', attachmentIds: [id] }));
    const { threadId } = await view(messageId);
    expect((await as(memberId, (tx) => listMessages(tx, threadId, { limit: 5, cursor: undefined }))).data[0]?.attachments).toMatchObject([{ id, filename: 'draft.jpg', status: 'kept' }]);
    expect(await code(asCreator(ada, (tx) => postAsCreator(tx, { creatorId: ada, text: ' ' })))).toBe('invalid_fields');
  });
});

describe('what goes away', () => {
  test('erasing a creator takes their files, but no file that somebody else has too', async () => {
    const [ada, bob] = [await world.addCreator(), await world.addCreator()];
    const shared = { role: 'attachment' as const, contentType: 'text/plain', content: Buffer.from('the same words') };
    const own = { role: 'attachment' as const, contentType: 'text/plain', content: Buffer.from('only hers') };
    await inbound(ada, (tx, id) => attachParts(tx, id, [shared, own]));
    const kept = await inbound(bob, (tx, id) => attachParts(tx, id, [shared]));
    await asCreator(ada, (tx) => keepUpload(tx, { bytes: Buffer.from('unsent'), contentType: 'text/plain' }));
    const before = await blobs();
    await eraseCreator(world.db, world.system, world.scope, ada);
    expect(await blobs()).toBe((before ?? 0) - 2);
    expect(await world.rows('select 1 from message_attachment a join message m on m.id = a.message_id where m.creator_id = ?', [ada])).toEqual([]);
    const [file] = (await view(kept)).attachments;
    expect((await as(memberId, (tx) => readAttachment(tx, file?.id ?? ''))).bytes.toString()).toBe('the same words');
  });

  test('an upload nobody sent goes after a week, one that was sent stays', async () => {
    const creatorId = await world.addCreator({ addresses: { email: 'e@x.test' } });
    const sent = await upload(Buffer.from('sent'), 'sent.txt');
    await upload(Buffer.from('never sent'), 'unsent.txt');
    await reply(creatorId, [sent.id]);
    world.clock.advance(8 * 24 * 3_600_000);
    expect((await cleanUp(world.system)).unsent).toBeGreaterThan(0);
    expect(await world.rows(`select filename from message_attachment where filename in ('sent.txt', 'unsent.txt')`)).toEqual([{ filename: 'sent.txt' }]);
    expect((await as(memberId, (tx) => readAttachment(tx, sent.id))).bytes.toString()).toBe('sent');
  });
});

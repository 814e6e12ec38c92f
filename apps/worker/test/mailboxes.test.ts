import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import email from '@sevenfold/channel-email';
import { getMessage, queueMessage, sendOne, takeInbound, type QueueMessageInput } from '@sevenfold/core/inbox';
import { checkMailbox, connectMailbox, disconnectMailbox, getMailbox, listMailboxes, MailboxReaders, pauseMailbox, type MailboxInput } from '@sevenfold/core/mailboxes';
import { rotateKeys } from '@sevenfold/core/personal-data';
import { createKeyRing } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import { createLogger } from '@sevenfold/platform/logging';
import type { ChannelPlugin } from '@sevenfold/plugin-sdk';
import { startImapServer, startMailSink, type ImapServer, type MailSink } from '@sevenfold/testing/mail';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { freePort, startChild, until } from '@sevenfold/testing/util';
import pg from 'pg';

/** A member's own mailbox on real SMTP and IMAP servers, read by the worker's readers. */
let world: MessagingWorld;
let shared: MailSink;
let own: MailSink;
let imap: ImapServer;
let mail: ChannelPlugin;
let anna: string;
const logged: string[] = [];
const logger = createLogger({ name: 'test', level: 'silent' });
const readers: MailboxReaders[] = [];

beforeAll(async () => {
  [shared, own, imap] = await Promise.all([startMailSink(), startMailSink(), startImapServer()]);
  const log = (message: string, fields?: Record<string, unknown>) => void logged.push(JSON.stringify([message, fields]));
  const env = { SMTP_URL: shared.url, MAIL_FROM: 'hello@agency.test', MAIL_REPLY_ADDRESS: 'reply@in.agency.test', IMAP_POLL_MS: '300', MAILBOX_RATE_PER_SECOND: '100' };
  mail = await email.create(email.config.parse(env), { logger: { debug: log, info: log, warn: log, error: log }, clock: { now: async () => new Date('2026-11-23T09:00:00Z') }, publicUrl: 'https://sevenfold.test' });
  world = await messagingWorld([mail]);
  world.db.services.mailboxPrivateHosts = ['127.0.0.1'];
  anna = await addMember('Anna');
}, 180_000);
afterAll(async () => {
  for (const each of readers) await each.stop();
  await mail?.close();
  await world?.[Symbol.asyncDispose]();
  for (const server of [shared, own, imap]) await server?.close();
});
beforeEach(async () => {
  world.clock.advance(1_000);
  for (const sink of [shared, own]) {
    sink.faults.clear();
    sink.mails.length = 0;
  }
});

async function addMember(name: string, workspaceId = world.workspaceId): Promise<string> {
  const id = newId();
  await world.rows('insert into member (id, workspace_id, created_at, name, email, role) values (?, ?, ?, ?, ?, ?)', [id, workspaceId, await world.clock.now(), name, `${name}@agency.test`, 'member']);
  return id;
}
const password = 'Own-Secret-77';
const input = (over: Partial<MailboxInput> = {}): MailboxInput => ({
  address: 'anna@agency.test', name: 'Anna of the Agency',
  smtp: { host: '127.0.0.1', port: own.port, security: 'none', user: 'anna', password },
  imap: { host: '127.0.0.1', port: imap.port, security: 'none', user: 'team', password: 'pass/word+%', folder: 'INBOX' },
  ...over,
});
const connect = (over: Partial<MailboxInput> = {}, memberId = anna) => connectMailbox(world.db, world.scope, memberId, input(over));
const startReaders = (): MailboxReaders => {
  const made = new MailboxReaders({ db: world.db, system: world.system, logger, leaseUrl: world.database.systemUrl, everyMs: 100 });
  readers.push(made);
  made.start();
  return made;
};
const stopReaders = async (): Promise<void> => {
  for (const each of readers.splice(0)) await each.stop();
};
const fieldsOf = (failing: Promise<unknown>) => failing.then(() => [], (error: { details?: { fields?: { path: string; message: string }[] } }) => error.details?.fields ?? [error]);
let keys = 0;
const write = async (creatorId: string, over: Partial<QueueMessageInput> = {}) => {
  const { messageId } = await world.run((tx) => queueMessage(tx, {
    creatorId, kind: 'chat', texts: { text: 'Hi', subject: 'Spring' }, dedupeKey: `own${(keys += 1)}`, automatic: false, purpose: 'conversation', preferredChannel: 'email', authorMemberId: anna, ...over,
  }));
  await send(messageId);
  return messageId;
};
const send = async (messageId: string) => {
  // As the engine would: again at once as long as it is told to, also when its turn at the sender was over.
  for (let turn = 0; turn < 20; turn += 1) {
    const result = await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
    if (result.done || result.retryAfterMs > 0) return;
  }
};
const deliveries = (messageId: string) => world.rows<{ status: string; code: string | null; own: boolean }>('select status, code, mailbox_id is not null as own from delivery where message_id = ? order by position', [messageId]);
const texts = async (creatorId: string) => (await world.rows<{ text: string }>(`select text from message where creator_id = ? and direction = 'in' order by created_at, id`, [creatorId])).map(({ text }) => text);
const letter = (from: string, id: string, text: string, more: string[] = []) => Buffer.from([`From: ${from}`, 'To: anna@agency.test', 'Subject: Re: Spring', `Message-ID: ${id}`, ...more, '', text].join('\r\n'));
/** Everything in every table, for words that must be nowhere. */
async function everything(): Promise<string> {
  const tables = await world.rows<{ name: string }>(`select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and has_table_privilege(c.oid, 'select')`);
  const all = await Promise.all(tables.map(async ({ name }) => (await world.rows<{ text: string }>(`select row_to_json(t)::text as text from "${name}" t`)).map(({ text }) => text)));
  return all.flat().map((row) => `${row}\n${[...row.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex ?? '', 'hex').toString('latin1')).join('\n')}`).join('\n');
}

test('what does not work is not connected, and every fault names its field', async () => {
  const { smtp, imap: box } = input();
  if (!box) throw new Error();
  const paths = async (over: Partial<MailboxInput>) => (await fieldsOf(connect(over))).map((field) => ('path' in field ? field.path : String(field)));
  expect(await paths({ smtp: { ...smtp, port: await freePort() } })).toEqual(['smtp.host']);
  expect(await paths({ imap: { ...box, password: 'wrong-pass' } })).toEqual(['imap.password']);
  expect(await paths({ imap: { ...box, folder: 'Nowhere' } })).toEqual(['imap.folder']);
  expect(await paths({ smtp: { ...smtp, security: 'starttls' } })).toEqual(['smtp.security']);
  expect(await paths({ smtp: { ...smtp, password: undefined } })).toEqual(['smtp.password']);
  expect(await paths({ address: 'nobody' })).toEqual(['address']);
  // Inside, and not named: neither by address nor by name, at no port, and never in the clear.
  for (const host of ['localhost', '10.0.0.1', '169.254.169.254', '::1']) {
    expect(await paths({ smtp: { ...smtp, host, port: 587, security: 'starttls' } })).toEqual([expect.stringContaining('smtp.host')]);
  }
  expect(await paths({ smtp: { ...smtp, host: 'mail.example.org', port: 5432 } })).toEqual(['smtp.port', 'smtp.security']);
  expect(await world.rows('select 1 from mailbox')).toEqual([]);
});

test('what a member writes leaves from their own address; answers come in there, private mail does not', async () => {
  await imap.append(letter('ada@creators.test', '<before@creators.test>', 'From before'));
  const mailbox = await connect();
  expect(mailbox).toMatchObject({ status: 'connected', address: 'anna@agency.test', smtp: { user: 'anna' } });
  expect(JSON.stringify(mailbox)).not.toContain(password);
  const ada = await world.addCreator({ addresses: { email: 'ada@creators.test' } });
  const messageId = await write(ada);
  const sent = await own.waitFor(({ to }) => to.includes('ada@creators.test'));
  expect(sent.parsed.from?.value).toEqual([{ name: 'Anna of the Agency', address: 'anna@agency.test' }]);
  expect(sent.from).toBe('anna@agency.test');
  expect(sent.parsed.replyTo).toBeUndefined();
  expect(shared.mails).toEqual([]);
  expect(await deliveries(messageId)).toEqual([{ status: 'sent', code: null, own: true }]);
  expect((await world.run((tx) => getMessage(tx, messageId))).deliveries).toMatchObject([{ channel: 'email', from: 'anna@agency.test' }]);

  startReaders();
  await imap.append(letter('Bank <bank@private.test>', '<p1@private.test>', 'PrivateCanaryBalance', ['Subject: PrivateCanarySubject']));
  await imap.append(letter('friend@private.test', '<p2@private.test>', 'PrivateCanaryForward', ['In-Reply-To: <forwarded@anna.test>', `References: ${sent.parsed.messageId} <forwarded@anna.test>`]));
  await imap.append(letter('Ada <Ada@creators.test>', '<a1@creators.test>', 'Yes, gladly!', [`In-Reply-To: ${sent.parsed.messageId}`]));
  await imap.append(letter('manager@elsewhere.test', '<m1@elsewhere.test>', 'Her manager here', [`In-Reply-To: ${sent.parsed.messageId}`]));
  await until(async () => (await texts(ada)).length === 2, { what: 'the answers', timeoutMs: 60_000 });
  expect(await texts(ada)).toEqual(['Yes, gladly!', 'Her manager here']);
  await until(async () => (await world.run((tx) => getMailbox(tx, mailbox.id))).readAt !== null, { what: 'the look', timeoutMs: 60_000 });
  const all = await everything();
  expect(all).toContain('Yes, gladly!');
  for (const word of ['PrivateCanary', 'private.test', 'From before', password, 'pass/word+%']) expect([word, all.includes(word)]).toEqual([word, false]);
  expect(logged.join()).not.toMatch(/PrivateCanary|Own-Secret|anna@/);
  expect(await deliveries(messageId)).toEqual([{ status: 'delivered', code: null, own: true }]);
}, 120_000);

test('a mail that comes to the workspace’s address as well is one entry, whichever is read first', async () => {
  const bea = await world.addCreator({ addresses: { email: 'bea@creators.test' } });
  const source = letter('bea@creators.test', '<b1@creators.test>', 'To both of you');
  const { eventsOf } = await import('../../../plugins/channel-email/src/in/events-of.js');
  const config = email.config.parse({ SMTP_URL: shared.url, MAIL_FROM: 'hello@agency.test', MAIL_REPLY_ADDRESS: 'reply@in.agency.test' });
  await imap.append(source);
  await until(async () => (await texts(bea)).length === 1, { what: 'the mail', timeoutMs: 60_000 });
  const parts = { system: world.system, db: world.db, logger };
  const route = await takeInbound(parts, 'email', await eventsOf(Buffer.concat([Buffer.from('Received: by mx\r\n'), source]), { from: 'bea@creators.test', to: ['hello@agency.test'] }, config, await world.clock.now()));
  await route();
  expect(await texts(bea)).toEqual(['To both of you']);
}, 120_000);

test('of two processes one reads, and what is read again is entered once', async () => {
  await stopReaders();
  const cleo = await world.addCreator({ addresses: { email: 'cleo@creators.test' } });
  await imap.append(letter('cleo@creators.test', '<c1@creators.test>', 'Once'));
  const before = await world.rows<{ cursor: { uid: number } }>('select cursor from mailbox where disconnected_at is null');
  startReaders();
  startReaders();
  await until(async () => (await texts(cleo)).length === 1, { what: 'the mail', timeoutMs: 60_000 });
  await until(() => readers.reduce((sum, { count }) => sum + count, 0) === 1, { what: 'one reader', timeoutMs: 60_000 });
  await stopReaders();
  await world.rows('update mailbox set cursor = ?::jsonb where disconnected_at is null', [JSON.stringify(before[0]?.cursor)]);
  startReaders();
  await imap.append(letter('cleo@creators.test', '<c2@creators.test>', 'Twice'));
  await until(async () => (await texts(cleo)).length === 2, { what: 'the next mail', timeoutMs: 60_000 });
  expect(await texts(cleo)).toEqual(['Once', 'Twice']);
}, 120_000);

test('a reader killed with -9 between keeping a mail and moving on: the next one enters nothing twice and loses nothing', async () => {
  await stopReaders();
  const gus = await world.addCreator({ addresses: { email: 'gus@creators.test' } });
  const admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
  await admin.query(`create function hold_cursor() returns trigger language plpgsql as $$ begin perform pg_sleep(600); return new; end $$;
    create trigger hold_cursor before update of cursor on mailbox for each row execute function hold_cursor()`);
  const script = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const child = await startChild({
    command: process.execPath,
    args: ['--conditions=source', '--import', script('../../../scripts/typescript.js'), script('./mailbox-reader-main.ts')],
    env: {
      ...process.env, NODE_OPTIONS: '', SMTP_URL: shared.url, MAIL_FROM: 'hello@agency.test', IMAP_POLL_MS: '300', READER_APP_URL: world.database.appUrl, READER_SYSTEM_URL: world.database.systemUrl,
      READER_KEY_RING: `k1:${Buffer.alloc(32, 7).toString('base64')}`, READER_NOW: (await world.clock.now()).toISOString(),
    },
  });
  const holding = () => admin.query<{ pid: number }>(`select pid from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`);
  const letGo = async () => {
    for (const { pid } of (await holding()).rows) await admin.query('select pg_terminate_backend($1)', [pid]);
    await admin.query('drop function if exists hold_cursor cascade');
  };
  try {
    await imap.append(letter('gus@creators.test', '<g1@creators.test>', 'Kept once'));
    await imap.append(letter('gus@creators.test', '<g2@creators.test>', 'And the next'));
    await until(async () => (await holding()).rows.length > 0, { what: 'the cursor to be about to move', timeoutMs: 60_000 });
    expect(await texts(gus)).toEqual(['Kept once']);
    child.signal('SIGKILL');
    await child.exited;
    await letGo();
    world.clock.advance(1_000);
    startReaders();
    await until(async () => (await texts(gus)).length > 1, { what: 'the next mail', timeoutMs: 60_000 });
    expect(await texts(gus)).toEqual(['Kept once', 'And the next']);
  } finally {
    await child.stop();
    await letGo();
    await admin.end();
  }
}, 120_000);

const bounce = (id: string) => Buffer.from([
  'Return-Path: <>', 'From: MAILER-DAEMON@mx.test', 'To: anna@agency.test', 'Subject: Undelivered', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '',
  '--b', 'Content-Type: text/plain', '', 'Sorry', '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.test', '', 'Action: failed', 'Status: 5.1.1', '', '--b',
  'Content-Type: message/rfc822', '', `Message-ID: ${id}`, 'Subject: x', '', 'x', '--b--', '',
].join('\r\n'));

test('a bounce in the member’s mailbox fails what left by it, and nothing else', async () => {
  const [dora, emil] = [await world.addCreator({ addresses: { email: 'dora@creators.test' } }), await world.addCreator({ addresses: { email: 'emil@creators.test' } })];
  const [mine, foreign] = [await write(dora), await write(emil, { authorMemberId: null })];
  const id = async (sink: MailSink, to: string) => (await sink.waitFor((each) => each.to.includes(to))).parsed.messageId ?? '';
  await imap.append(bounce(await id(shared, 'emil@creators.test')));
  await imap.append(bounce(await id(own, 'dora@creators.test')));
  await until(async () => (await deliveries(mine))[0]?.status === 'failed', { what: 'the bounce', timeoutMs: 60_000 });
  expect(await deliveries(mine)).toEqual([{ status: 'failed', code: '5.1.1', own: true }]);
  expect(await deliveries(foreign)).toEqual([{ status: 'sent', code: null, own: false }]);
}, 120_000);

test('only what a person writes to one creator leaves by it', async () => {
  const creatorId = await world.addCreator({ addresses: { email: 'fay@creators.test' } });
  const bob = await addMember('Bob');
  for (const over of [{ automatic: true }, { kind: 'agreement' as const }, { authorMemberId: bob }, { authorMemberId: null }]) await write(creatorId, over);
  expect(own.mails).toEqual([]);
  expect(shared.to('fay@creators.test')).toHaveLength(4);
});

test('a mailbox that refuses its password: the member is told, and the message leaves from the workspace’s address at once', async () => {
  const [{ id } = { id: '' }] = await world.run((tx) => listMailboxes(tx, { memberId: anna }));
  const creatorId = await world.addCreator({ addresses: { email: 'gil@creators.test' } });
  const refusing = await startMailSink({ refuseLogins: true });
  await world.rows(`update mailbox set settings = jsonb_set(settings, '{smtp,port}', ?::jsonb) where id = ?`, [String(refusing.port), id]);
  const messageId = await write(creatorId);
  expect(await deliveries(messageId)).toEqual([{ status: 'sent', code: null, own: false }]);
  const [sent] = shared.to('gil@creators.test');
  expect(sent?.parsed.from?.value[0]?.address).toBe('hello@agency.test');
  expect(sent?.parsed.replyTo?.value[0]?.address).toMatch(/^reply\+/);
  expect(await world.run((tx) => getMailbox(tx, id))).toMatchObject({ status: 'trouble', smtpTrouble: { problem: 'credentials', detail: expect.stringContaining('535') } });
  const notices = () => world.rows(`select status, for_member_id as who, data from notice where kind = 'mailbox-trouble'`);
  expect(await notices()).toEqual([{ status: 'open', who: anna, data: { member: 'Anna', server: 'smtp', problem: 'credentials' } }]);
  await write(creatorId);
  expect(await notices()).toHaveLength(1);
  // A check finds out that it is still so; put right, it is used again, and the notice is settled.
  expect(await checkMailbox(world.db, world.scope, anna, id)).toMatchObject({ status: 'trouble' });
  await connect();
  expect(await notices()).toMatchObject([{ status: 'done' }]);
  await write(creatorId);
  expect(own.to('gil@creators.test')).toHaveLength(1);
  await refusing.close();
}, 120_000);

test('a mailbox that cannot be read: the member is told, answers go to the thread’s address, and what came meanwhile is read afterwards', async () => {
  const [{ id } = { id: '' }] = await world.run((tx) => listMailboxes(tx, { memberId: anna }));
  const creatorId = await world.addCreator({ addresses: { email: 'gwen@creators.test' } });
  const user = (name: string) => world.rows(`update mailbox set settings = jsonb_set(settings, '{imap,user}', ?::jsonb), version = version + 1 where id = ?`, [JSON.stringify(name), id]);
  await user('nobody');
  const view = () => world.run((tx) => getMailbox(tx, id));
  await until(async () => (await view()).imapTrouble?.problem === 'credentials', { what: 'the refusal', timeoutMs: 60_000 });
  expect(await world.rows(`select for_member_id as who, data ->> 'server' as server from notice where kind = 'mailbox-trouble' and status = 'open'`)).toEqual([{ who: anna, server: 'imap' }]);
  await until(() => readers.every(({ count }) => count === 0), { what: 'no more attempts', timeoutMs: 60_000 });
  await write(creatorId);
  const [sent] = own.to('gwen@creators.test');
  expect(sent?.parsed.from?.value[0]?.address).toBe('anna@agency.test');
  expect(sent?.parsed.replyTo?.value[0]?.address).toMatch(/^reply\+[a-z2-7]{46}@in\.agency\.test$/);
  await imap.append(letter('gwen@creators.test', '<w1@creators.test>', 'While nobody looked'));
  await user('team');
  expect(await checkMailbox(world.db, world.scope, anna, id)).toMatchObject({ status: 'connected' });
  await until(async () => (await texts(creatorId)).length === 1, { what: 'what came meanwhile', timeoutMs: 60_000 });
  expect(await world.rows(`select 1 from notice where kind = 'mailbox-trouble' and status = 'open'`)).toEqual([]);
}, 120_000);

test('a mailbox that is away is waited for, but not for ever', async () => {
  const creatorId = await world.addCreator({ addresses: { email: 'hal@creators.test' } });
  own.faults.add({ kind: 'refuse-connections' });
  const messageId = await write(creatorId);
  expect(await deliveries(messageId)).toEqual([{ status: 'queued', code: null, own: true }]);
  world.clock.advance(31 * 60_000);
  await send(messageId);
  expect(await deliveries(messageId)).toEqual([{ status: 'sent', code: null, own: false }]);
  expect(shared.to('hal@creators.test')).toHaveLength(1);
  own.faults.clear();
  world.clock.advance(11 * 60_000);
  await write(creatorId);
  expect(own.to('hal@creators.test')).toHaveLength(1);
  expect(await world.run((tx) => listMailboxes(tx, { memberId: anna }))).toMatchObject([{ status: 'connected' }]);
}, 120_000);

test('a line that breaks after the last byte is unknown, and nobody sends it again', async () => {
  const creatorId = await world.addCreator({ addresses: { email: 'ida@creators.test' } });
  own.faults.add({ kind: 'cut', keep: true, times: 1 });
  const messageId = await write(creatorId);
  await send(messageId);
  expect(await deliveries(messageId)).toEqual([{ status: 'unknown', code: null, own: true }]);
  expect([...own.mails, ...shared.mails]).toHaveLength(1);
});

test('another workspace sees neither the mailbox nor what comes to it, and gets nothing from it', async () => {
  const other = await world.addWorkspace();
  const theirs = await world.addCreator({ addresses: { email: 'jo@creators.test' } }, other);
  const [{ id } = { id: '' }] = await world.run((tx) => listMailboxes(tx));
  const as = { ...world.scope, workspaceId: other };
  expect(await world.db.inWorkspace(as, (tx) => listMailboxes(tx))).toEqual([]);
  await expect(world.db.inWorkspace(as, (tx) => getMailbox(tx, id))).rejects.toMatchObject({ code: 'not_found' });
  await imap.append(letter('jo@creators.test', '<j1@creators.test>', 'TenantCanary'));
  const kai = await world.addCreator({ addresses: { email: 'kai@creators.test' } });
  await imap.append(letter('kai@creators.test', '<k1@creators.test>', 'After it'));
  await until(async () => (await texts(kai)).length === 1, { what: 'the next mail', timeoutMs: 60_000 });
  expect(await texts(theirs)).toEqual([]);
  expect(await everything()).not.toContain('TenantCanary');
}, 120_000);

test('paused it is neither sent from nor read, and goes on with what came meanwhile; rotated keys open it', async () => {
  const [{ id } = { id: '' }] = await world.run((tx) => listMailboxes(tx));
  const creatorId = await world.addCreator({ addresses: { email: 'lea@creators.test' } });
  expect(await world.run((tx) => pauseMailbox(tx, anna, id, true))).toMatchObject({ status: 'paused' });
  await until(() => readers.every(({ count }) => count === 0), { what: 'reading to end', timeoutMs: 60_000 });
  await write(creatorId);
  expect(shared.to('lea@creators.test')).toHaveLength(1);
  await imap.append(letter('lea@creators.test', '<l1@creators.test>', 'Meanwhile'));
  const old = world.db.services.keyRing;
  const ring = createKeyRing([{ id: 'k2', key: Buffer.alloc(32, 9) }, { id: 'k1', key: Buffer.alloc(32, 7) }]);
  await rotateKeys(world.system, ring);
  world.db.services.keyRing = createKeyRing([{ id: 'k2', key: Buffer.alloc(32, 9) }], Buffer.from(old.hashEntry().slice(5), 'base64'));
  await world.run((tx) => pauseMailbox(tx, anna, id, false));
  await until(async () => (await texts(creatorId)).length === 1, { what: 'what came meanwhile', timeoutMs: 60_000 });
  await write(creatorId);
  expect(own.to('lea@creators.test')).toHaveLength(1);
}, 120_000);

test('a password stays with the server it was given for; disconnected, it is forgotten', async () => {
  const { smtp, imap: box } = input();
  if (!box) throw new Error();
  const mailbox = await connect({ name: 'Anna', smtp: { ...smtp, password: undefined }, imap: { ...box, password: undefined } });
  expect(mailbox).toMatchObject({ name: 'Anna', status: 'connected' });
  expect(await fieldsOf(connect({ smtp: { ...smtp, password: undefined, port: shared.port } }))).toMatchObject([{ path: 'smtp.password' }]);
  const bo = await addMember('Bo');
  expect(await fieldsOf(connect({}, bo))).toMatchObject([{ path: 'address' }]);
  await expect(world.run((tx) => disconnectMailbox(tx, mailbox.id, { memberId: bo }))).rejects.toMatchObject({ code: 'not_found' });
  await world.run((tx) => disconnectMailbox(tx, mailbox.id));
  expect(await world.rows('select sealed, cursor, settings -> \'smtp\' ->> \'user\' as "user" from mailbox where id = ?', [mailbox.id])).toEqual([{ sealed: null, cursor: null, user: '' }]);
  expect(await world.run((tx) => listMailboxes(tx))).toEqual([]);
}, 120_000);

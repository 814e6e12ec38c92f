import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import email from '@sevenfold/channel-email';
import { connect, Database } from '@sevenfold/core/db';
import { queueMessage, Receivers, sendOne, type QueueMessageInput } from '@sevenfold/core/inbox';
import { SystemDatabase } from '@sevenfold/core/system';
import { createLogger } from '@sevenfold/platform/logging';
import { createRegistry, type ChannelPlugin } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { startMailSink, type MailSink } from '@sevenfold/testing/mail';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { freePort, until } from '@sevenfold/testing/util';
import { createTransport } from 'nodemailer';

/** Two worker processes' doors on one database, real SMTP both ways. */
let world: MessagingWorld;
let sink: MailSink;
let mail: ChannelPlugin;
const doors: { port: number; receivers: Receivers; close(): Promise<void> }[] = [];
const logger = createLogger({ name: 'test', level: 'silent' });
const sms = fakeChannel({ channel: 'sms', traits: { bodyTemplate: 'short' } });

beforeAll(async () => {
  sink = await startMailSink();
  mail = await emailChannel({});
  world = await messagingWorld([mail, sms]);
  for (let n = 0; n < 2; n += 1) doors.push(await openDoor());
}, 120_000);
afterAll(async () => {
  for (const door of doors) await door.close();
  await mail?.close();
  await world?.[Symbol.asyncDispose]();
  await sink?.close();
});
beforeEach(() => {
  world.clock.advance(1_000);
  sink.faults.clear();
  sink.mails.length = 0;
});

async function emailChannel(env: Record<string, string>): Promise<ChannelPlugin> {
  const config = email.config.parse({
    SMTP_URL: sink.url, MAIL_FROM: 'hello@agency.test', MAIL_REPLY_ADDRESS: 'reply@in.agency.test', MAIL_BOUNCE_ADDRESS: 'bounces@agency.test', MAIL_BOUNCE_PER_MESSAGE: 'on', ...env,
  });
  const quiet = () => undefined;
  return email.create(config, { logger: { debug: quiet, info: quiet, warn: quiet, error: quiet }, clock: { now: async () => new Date('2026-11-23T09:00:00Z') }, publicUrl: 'https://sevenfold.test' });
}

async function openDoor() {
  const port = await freePort();
  const plugin = await emailChannel({ MAIL_IN_LISTEN: `127.0.0.1:${port}` });
  const db = new Database(await connect(world.database.appUrl, 5), world.clock, { ...world.db.services, plugins: createRegistry([plugin, sms]) });
  const system = new SystemDatabase(await connect(world.database.systemUrl, 3), world.clock);
  const receivers = new Receivers({ db, system, logger, leaseUrl: world.database.systemUrl });
  receivers.start();
  await until(async () => (await receivers.health())['email']?.ok, { what: 'the door' });
  const close = async () => {
    await receivers.stop();
    await plugin.close();
    await db.close();
    await system.close();
  };
  return { port, receivers, close };
}

let keys = 0;
const write = async (creatorId: string, input: Partial<QueueMessageInput> = {}) => {
  const { messageId } = await world.run((tx) => queueMessage(tx, {
    creatorId, kind: 'chat', texts: { text: 'Hi', subject: 'Spring' }, dedupeKey: `m${(keys += 1)}`, automatic: false, purpose: 'conversation', preferredChannel: 'email', ...input,
  }));
  await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
  return messageId;
};
const deliver = async (raw: string, to: string, from = 'ada@creators.test', door = 0) => {
  const transport = createTransport({ host: '127.0.0.1', port: doors[door]?.port ?? 0, ignoreTLS: true });
  try {
    return (await transport.sendMail({ envelope: { from, to }, raw })).response;
  } finally {
    transport.close();
  }
};
const answer = (id: string, more: string[] = [], text = 'Yes, gladly!') =>
  ['From: Ada <ada@creators.test>', 'To: x@y', 'Subject: Re: Spring', `Message-ID: ${id}`, 'Date: Mon, 23 Nov 2026 10:00:00 +0100', ...more, '', text].join('\r\n');
interface Row { text: string; campaign_id: string | null; status: string }
const inbound = (creatorId: string) => world.rows<Row>(`select text, campaign_id, status from message where creator_id = ? and direction = 'in'`, [creatorId]);
const creator = (addresses: Record<string, string> = { email: 'ada@creators.test' }) => world.addCreator({ addresses });

test('an answer lands in the thread with the campaign it answers, and the answer to it carries the talk', async () => {
  const creatorId = await creator();
  const [campaignId, other] = [await world.addCampaign(), await world.addCampaign()];
  await write(creatorId, { campaignId });
  const first = await sink.waitFor(({ to }) => to.includes('ada@creators.test'));
  world.clock.advance(1_000);
  await write(creatorId, { campaignId: other });
  const replyTo = first.parsed.replyTo?.value[0]?.address ?? '';
  expect(replyTo).toMatch(/^reply\+[a-z2-7]{46}@in\.agency\.test$/);
  expect(first.from).toMatch(/^bounces\+[0-9a-f]{32}@agency\.test$/);
  expect(await deliver(answer('<a1@creators.test>', [`In-Reply-To: ${first.parsed.messageId}`]), replyTo, 'other@address.test')).toMatch(/^250/);
  await until(async () => (await inbound(creatorId)).length === 1, { what: 'the answer' });
  expect(await inbound(creatorId)).toEqual([{ text: 'Yes, gladly!', campaign_id: campaignId, status: 'delivered' }]);
  sink.mails.length = 0;
  world.clock.advance(1_000);
  await write(creatorId, { campaignId, texts: { text: 'Great' } });
  const second = await sink.waitFor(({ to }) => to.includes('ada@creators.test'));
  expect(second.parsed.inReplyTo).toBe('<a1@creators.test>');
  expect(second.parsed.references).toContain(first.parsed.messageId);
  expect(second.parsed.subject).toBe('Re: Spring');
});

test('one mail delivered three times, to two processes at once, is stored once; every sender has its 250', async () => {
  const creatorId = await creator({ email: 'bea@creators.test' });
  await write(creatorId);
  const to = (await sink.waitFor((each) => each.to.includes('bea@creators.test'))).parsed.replyTo?.value[0]?.address ?? '';
  const raw = answer('<b1@creators.test>');
  const responses = await Promise.all([0, 1, 0, 1].map((door, hop) => deliver(`Received: from mx${hop}.test by us\r\n${raw}`, to, 'bea@creators.test', door)));
  for (const response of responses) expect(response).toMatch(/^250/);
  await until(async () => (await inbound(creatorId)).length > 0, { what: 'the answer' });
  for (const { receivers } of doors) expect((await receivers.health())['email']).toEqual({ ok: true });
  expect(await inbound(creatorId)).toHaveLength(1);
  expect(await world.rows(`select 1 from inbound_item where event->>'providerId' = '<b1@creators.test>'`)).toHaveLength(1);
});

const bounce = (status: string, action = 'failed') => [
  'From: MAILER-DAEMON@mx.test', 'To: x', 'Subject: Undelivered', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '',
  '--b', 'Content-Type: text/plain', '', 'Sorry', '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.test', '', `Action: ${action}`, `Status: ${status}`, '', '--b--', '',
].join('\r\n');
const deliveries = (messageId: string) => world.rows<{ channel: string; status: string; code: string | null }>('select channel, status, code from delivery where message_id = ? order by position', [messageId]);

test('a bounce that comes later fails the message for good, and it goes on by the next channel', async () => {
  const messageId = await write(await creator({ email: 'gone@creators.test', sms: '+31600000001' }));
  const { from } = await sink.waitFor(({ to }) => to.includes('gone@creators.test'));
  await deliver(bounce('4.2.2', 'delayed'), from, '');
  await deliver(bounce('5.1.1'), from, '', 1);
  await until(async () => (await deliveries(messageId))[0]?.status === 'failed', { what: 'the bounce' });
  await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
  expect(await deliveries(messageId)).toEqual([{ channel: 'email', status: 'failed', code: '5.1.1' }, { channel: 'sms', status: 'sent', code: null }]);
  expect(await world.rows(`select kind from delivery_event e join delivery d on d.id = e.delivery_id where d.message_id = ? and kind = 'status:delayed'`, [messageId])).toHaveLength(1);
});

test('a bounce that overtakes the server’s own answer counts all the same', async () => {
  const creatorId = await creator({ email: 'fast@creators.test' });
  sink.faults.add({ kind: 'delay', ms: 1_500, times: 1 });
  const sending = write(creatorId);
  const row = await until(async () => (await world.rows<{ id: string }>(`select d.id from delivery d where d.address = 'fast@creators.test' and d.status = 'claimed'`))[0], { what: 'the claim' });
  await deliver(bounce('5.1.1'), `bounces+${row.id.replaceAll('-', '')}@agency.test`, '');
  const messageId = await sending;
  await until(async () => (await deliveries(messageId))[0]?.status === 'failed', { what: 'the bounce' });
});

test('a hand-over cut after the last byte is unknown, until its bounce or an answer tells', async () => {
  sink.faults.add({ kind: 'cut', keep: true, times: 2 });
  const [ada, bob] = [await creator({ email: 'cut1@creators.test' }), await creator({ email: 'cut2@creators.test' })];
  const [one, two] = [await write(ada), await write(bob)];
  expect([(await deliveries(one))[0]?.status, (await deliveries(two))[0]?.status]).toEqual(['unknown', 'unknown']);
  const arrived = sink.to('cut1@creators.test')[0];
  await deliver(answer('<cut1@creators.test>', [`In-Reply-To: ${arrived?.parsed.messageId}`]), arrived?.parsed.replyTo?.value[0]?.address ?? '');
  await deliver(bounce('5.1.1'), sink.to('cut2@creators.test')[0]?.from ?? '', '');
  await until(async () => (await deliveries(one))[0]?.status === 'delivered' && (await deliveries(two))[0]?.status === 'failed', { what: 'the evidence' });
});

test.each([[421], [450], [451]])('%i is not sent, and tried again', async (code) => {
  const address = `c${code}@creators.test`;
  const creatorId = await creator({ email: address });
  sink.faults.add({ kind: 'recipient', address, code, times: 1 });
  const messageId = await write(creatorId);
  expect(await deliveries(messageId)).toMatchObject([{ status: 'queued' }]);
  world.clock.advance(3_600_000);
  await sendOne(world.db, { workspaceId: world.workspaceId, messageId });
  expect(await deliveries(messageId)).toMatchObject([{ status: 'sent' }]);
  expect(sink.to(address)).toHaveLength(1);
});

test.each([[550, 'recipient'], [554, 'data']] as const)('%i fails at once, and the next channel is taken', async (code, kind) => {
  const address = `c${code}@creators.test`;
  sink.faults.add(kind === 'data' ? { kind, code, times: 1 } : { kind, code, address, times: 1 });
  const messageId = await write(await creator({ email: address, sms: `+316000${code}` }));
  expect(await deliveries(messageId)).toEqual([{ channel: 'email', status: 'failed', code: String(code) }, { channel: 'sms', status: 'sent', code: null }]);
});

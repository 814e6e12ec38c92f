import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { ReceiverCursor } from '@sevenfold/plugin-sdk';
import { startImapServer, type ImapServer } from '@sevenfold/testing/mail';
import { until } from '@sevenfold/testing/util';
import { emailOn } from '../setup.js';
import { fakeContext, type FakeContext } from './context.js';
import { plain } from './mails.js';

let server: ImapServer;
beforeAll(async () => {
  server = await startImapServer();
}, 180_000);
afterAll(() => server.close());
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function reader(env: Record<string, string> = {}, cursors?: Map<string, ReceiverCursor>) {
  const channel = await emailOn(1, { IMAP_URL: server.url, MAIL_FROM: 'hello@agency.test', MAIL_REPLY_ADDRESS: 'reply@in.agency.test', IMAP_FIRST_DAYS: '3650', ...env });
  const context: FakeContext = fakeContext(cursors);
  const receiver = await channel.listen?.(context);
  const end = async () => {
    context.stop();
    await receiver?.close();
    await channel.close();
  };
  closing.push(end);
  return { context, end, health: async () => receiver?.health() };
}

let count = 0;
const next = (more: Record<string, string> = {}, body?: string): { id: string; source: Buffer } => {
  const id = `<i${(count += 1)}@creators.test>`;
  return { id, source: plain({ 'Message-ID': id, ...more }, body) };
};
const idsOf = ({ kept }: FakeContext) => kept.map(({ providerId }) => providerId);
const has = (context: FakeContext, id: string) => until(() => idsOf(context).includes(id), { what: id, timeoutMs: 20_000 });
const cursorOf = ({ cursors }: FakeContext) => [...cursors.values()][0];

test('what lies in the mailbox is read, and what comes is heard of at once, without a poll', async () => {
  const [before, later] = [next(), next()];
  await server.append(before.source);
  const { context, health } = await reader({ IMAP_POLL_MS: '600000' });
  await has(context, before.id);
  expect(await health()).toEqual({ ok: true });
  await new Promise((resolve) => setTimeout(resolve, 500)); // it listens by now
  await server.append(later.source);
  await until(() => idsOf(context).includes(later.id), { what: 'the announcement', timeoutMs: 10_000 });
  expect(context.kept[0]).toMatchObject({ kind: 'message', from: 'ada@creators.test', raw: { content: before.source } });
}, 40_000);

test('it goes on where the last one stopped, and moves on only past what is kept', async () => {
  const { context: first, end } = await reader();
  const one = next();
  await server.append(one.source);
  await has(first, one.id);
  await until(() => cursorOf(first)?.['uid'] !== undefined, { what: 'the cursor' });
  await end();
  const [two, three] = [next(), next()];
  await server.append(two.source);
  await server.append(three.source);
  const kept = new Map(first.cursors);
  const { context: second } = await reader({}, kept);
  let refusals = 0;
  second.keep = async (events) => {
    if (events[0]?.providerId !== two.id || (refusals += 1) > 2) return;
    throw new Error('no database');
  };
  await has(second, three.id);
  expect(refusals).toBe(3);
  expect(idsOf(second)).toEqual([two.id, three.id]);
  await until(() => Number(cursorOf(second)?.['uid']) === Number(cursorOf(first)?.['uid']) + 2, { what: 'the cursor' });
}, 40_000);

test('who a mail was for is told by the headers of its own server alone', async () => {
  const { context } = await reader();
  const signed = next();
  await server.append(Buffer.concat([Buffer.from('Return-Path: <ada@creators.test>\r\nDelivered-To: reply+abc@in.agency.test\r\nReceived: from x by y\r\n'), signed.source]));
  const forged = next({ 'Delivered-To': 'reply+abc@in.agency.test', 'X-Original-To': 'reply+abc@in.agency.test' });
  await server.append(Buffer.concat([Buffer.from('Delivered-To: team@agency.test\r\nReceived: from x by y\r\n'), forged.source]));
  const bounced = next();
  await server.append(Buffer.concat([Buffer.from('Return-Path: <>\r\n'), bounced.source]));
  await has(context, bounced.id);
  const by = (id: string) => context.kept.find(({ providerId }) => providerId === id);
  expect(by(signed.id)).toMatchObject({ envelopeTo: 'reply+abc@in.agency.test' });
  expect(by(forged.id)).not.toHaveProperty('envelopeTo');
  expect(by(bounced.id)).toMatchObject({ automatic: true });
}, 40_000);

test('a mail too large to be kept is told of, and the next ones are read', async () => {
  const { context } = await reader({ MAIL_IN_MAX_BYTES: '20000' });
  const [large, after] = [next({}, 'x\r\n'.repeat(100_000)), next()];
  await server.append(large.source);
  await server.append(after.source);
  await has(context, after.id);
  expect(context.kept.find(({ providerId }) => providerId === large.id)).toMatchObject({ kind: 'message', problem: 'too_large', from: 'ada@creators.test' });
}, 40_000);

test('a server that goes and comes back with another UIDVALIDITY loses nothing and repeats nothing', async () => {
  const { context, health } = await reader();
  const [before, fresh] = [next(), next()];
  await server.append(before.source);
  await has(context, before.id);
  const validity = cursorOf(context)?.['uidValidity'];
  await server.kill();
  await until(async () => (await health())?.ok === false, { what: 'it to be noticed', timeoutMs: 20_000 });
  expect((await health())?.detail).not.toContain('word');
  await server.restart();
  await server.append(before.source);
  await server.append(fresh.source);
  await has(context, fresh.id);
  expect(idsOf(context).filter((id) => id === before.id)).toHaveLength(1);
  expect(cursorOf(context)?.['uidValidity']).not.toBe(validity);
  expect(await health()).toEqual({ ok: true });
}, 60_000);

test('a wrong password is said without saying it', async () => {
  const { health } = await reader({ IMAP_URL: server.url.replace('word', 'wrong') });
  await until(async () => (await health())?.detail !== 'IMAP: not connected yet', { what: 'the refusal', timeoutMs: 20_000 });
  expect(await health()).toMatchObject({ ok: false });
  expect(JSON.stringify(await health())).not.toContain('wrong');
}, 30_000);

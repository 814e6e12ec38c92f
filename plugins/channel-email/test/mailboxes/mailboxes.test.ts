import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { InboundEvent, Mailbox, Mailboxes, MailboxHead, MailboxReading, MailboxServer, ReceiverCursor } from '@sevenfold/plugin-sdk';
import { startImapServer, type ImapServer } from '@sevenfold/testing/mail';
import { freePort, until } from '@sevenfold/testing/util';
import { dsn, id, plain } from '../in/mails.js';
import { context, emailOn, logged, message } from '../setup.js';
import { startScripted, startSmtpSink } from '../smtp-sink.js';
import { startTerseImap } from '../terse-imap.js';
import { certificate, privateKey } from '../tls.js';

let imap: ImapServer;
beforeAll(async () => {
  imap = await startImapServer();
}, 180_000);
afterAll(() => imap.close());
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

const password = 'Right-Pass-77';
const local: MailboxServer = { host: '127.0.0.1', ip: '127.0.0.1', port: 0, security: 'none', user: 'anna', password };
const inbox = (over: Partial<Mailbox['imap']> = {}) => ({ ...local, port: imap.port, user: 'team', password: 'pass/word+%', folder: 'INBOX', ...over });

async function setUp(server: object = {}, env: Record<string, string> = {}) {
  const sink = await startSmtpSink({}, {
    onAuth: (auth, _session, done) => (auth.password === password ? done(null, { user: 'anna' }) : done(Object.assign(new Error('no'), { responseCode: 535 }))),
    ...server,
  });
  const channel = await emailOn(1, { MAIL_FROM: 'hello@agency.test', ...env });
  open.push(channel, sink);
  if (!channel.mailboxes) throw new Error('no mailboxes');
  const mailbox: Mailbox = { address: 'anna@agency.test', name: 'Anna', smtp: { ...local, port: sink.port } };
  return { sink, mailboxes: channel.mailboxes, mailbox };
}

describe('a check', () => {
  test('signs in to both servers, sends nothing, and says where the mailbox ends', async () => {
    const { sink, mailboxes, mailbox } = await setUp();
    await imap.append(plain());
    const checked = await mailboxes.check({ ...mailbox, imap: inbox() });
    expect(checked).toEqual({ ok: true, cursor: { uidValidity: expect.any(String), uid: expect.any(Number) } });
    if (!checked.ok) throw new Error();
    expect(Number(checked.cursor?.['uid'])).toBeGreaterThan(0);
    expect(await mailboxes.check(mailbox)).toEqual({ ok: true, cursor: null });
    expect(sink.mails).toEqual([]);
  });

  test('finds the end itself where the server does not say it', async () => {
    const { mailboxes, mailbox } = await setUp();
    const server = await startTerseImap([4, 9]);
    open.push(server);
    expect(await mailboxes.check({ ...mailbox, imap: inbox({ port: server.port }) })).toEqual({ ok: true, cursor: { uidValidity: '77', uid: 9 } });
  });

  test('says which server is wrong, and what about it, without a secret', async () => {
    const { mailboxes, mailbox } = await setUp();
    const smtp = async (over: Partial<MailboxServer>) => mailboxes.check({ ...mailbox, smtp: { ...mailbox.smtp, ...over } });
    const own = async (over: Partial<Mailbox['imap']>) => mailboxes.check({ ...mailbox, imap: inbox(over) });
    expect(await smtp({ password: 'Wrong-Pass-88' })).toEqual({ ok: false, fault: { server: 'smtp', problem: 'credentials', detail: 'SMTP 535' } });
    expect(await smtp({ port: await freePort() })).toEqual({ ok: false, fault: { server: 'smtp', problem: 'unreachable', detail: 'ECONNREFUSED' } });
    expect(await smtp({ security: 'starttls' })).toMatchObject({ ok: false, fault: { server: 'smtp', problem: 'security' } });
    expect(await smtp({ security: 'tls' })).toMatchObject({ ok: false, fault: { server: 'smtp', problem: 'security' } });
    expect(await own({ password: 'Wrong-Pass-88' })).toMatchObject({ ok: false, fault: { server: 'imap', problem: 'credentials' } });
    expect(await own({ port: await freePort() })).toMatchObject({ ok: false, fault: { server: 'imap', problem: 'unreachable', detail: 'ECONNREFUSED' } });
    expect(await own({ folder: 'Nowhere' })).toMatchObject({ ok: false, fault: { server: 'imap', problem: 'folder' } });
    expect(await own({ security: 'starttls' })).toMatchObject({ ok: false, fault: { server: 'imap', problem: 'security' } });
    expect(await own({ security: 'tls' })).toMatchObject({ ok: false, fault: { server: 'imap', problem: 'security' } });
    expect(logged.join()).not.toMatch(/Pass-|anna@/);
  }, 120_000);

  test('trusts no certificate but those for the name, by somebody trusted', async () => {
    const tls = { secure: true, key: privateKey, cert: certificate };
    const stranger = await setUp(tls);
    const at = (mailbox: Mailbox, host: string): Mailbox => ({ ...mailbox, smtp: { ...mailbox.smtp, host, security: 'tls' } });
    expect(await stranger.mailboxes.check(at(stranger.mailbox, 'localhost'))).toMatchObject({ ok: false, fault: { server: 'smtp', problem: 'certificate' } });
    const known = await setUp(tls, { SMTP_TLS_CA: certificate });
    expect(await known.mailboxes.check(at(known.mailbox, 'localhost'))).toMatchObject({ ok: true });
    expect(await known.mailboxes.check(at(known.mailbox, 'mail.else.test'))).toMatchObject({ ok: false, fault: { problem: 'certificate' } });
  });
});

describe('a message', () => {
  test('leaves from the member’s own address, envelope and all, under an id that is ours', async () => {
    const { sink, mailboxes, mailbox } = await setUp();
    expect(await mailboxes.send(mailbox, message({ inReplyTo: '<a1@creators.test>' }), context())).toEqual({ outcome: 'accepted', providerId: `<${message().id}@agency.test>` });
    const [mail] = sink.mails;
    expect(mail).toMatchObject({ from: 'anna@agency.test', to: ['ada@example.com'] });
    expect(mail?.parsed.from?.value).toEqual([{ name: 'Anna', address: 'anna@agency.test' }]);
    expect(mail?.parsed.replyTo).toBeUndefined();
    expect(mail?.parsed.inReplyTo).toBe('<a1@creators.test>');
  });

  test('a refused password, or a sender the server does not let through, is the mailbox’s fault and not the recipient’s', async () => {
    const { mailboxes, mailbox } = await setUp();
    const wrong = await mailboxes.send({ ...mailbox, smtp: { ...mailbox.smtp, password: 'Wrong-Pass-88' } }, message(), context());
    expect(wrong).toEqual({ outcome: 'not_sent', reason: 'credentials: SMTP 535', account: 'credentials' });
    const strict = await setUp({ onMailFrom: (_address: unknown, _session: unknown, done: (error: Error) => void) => done(Object.assign(new Error('no'), { responseCode: 553 })) });
    expect(await strict.mailboxes.send(strict.mailbox, message(), context())).toMatchObject({ outcome: 'not_sent', account: 'address' });
    const away = await mailboxes.send({ ...mailbox, smtp: { ...mailbox.smtp, port: await freePort() } }, message(), context());
    expect(away).toEqual({ outcome: 'not_sent', reason: expect.any(String) });
    expect(JSON.stringify([wrong, away])).not.toMatch(/Pass-/);
  });

  test('a recipient refused is rejected; a line that breaks after the last byte is unknown, before it not sent', async () => {
    const { mailboxes, mailbox } = await setUp({ onRcptTo: (_address: unknown, _session: unknown, done: (error: Error) => void) => done(Object.assign(new Error('no'), { responseCode: 550 })) });
    expect(await mailboxes.send(mailbox, message(), context())).toMatchObject({ outcome: 'rejected', code: '550' });
    const broken = async (at: (line: string) => boolean) => {
      const server = await startScripted((line, _socket, inData) => {
        if (at(line)) return 'cut';
        if (line.startsWith('EHLO')) return '250-scripted\r\n250 AUTH PLAIN';
        if (line.startsWith('AUTH')) return '235 in';
        if (line === 'DATA') return '354 go';
        return inData ? undefined : '250 ok';
      });
      open.push(server);
      return mailboxes.send({ ...mailbox, smtp: { ...mailbox.smtp, port: server.port } }, message(), context());
    };
    expect(await broken((line) => line === '.')).toMatchObject({ outcome: 'unknown' });
    expect(await broken((line) => line === 'DATA')).toMatchObject({ outcome: 'not_sent' });
  });
});

describe('reading', () => {
  function reader(mailboxes: Mailboxes, mailbox: Mailbox, wants: (head: MailboxHead) => boolean, cursor?: ReceiverCursor, since = new Date(0)) {
    const stop = new AbortController();
    const state = { asked: new Array<MailboxHead>(), kept: new Array<InboundEvent>(), cursor, looks: 0 };
    const reading: MailboxReading = {
      since, signal: stop.signal,
      cursor: { get: async () => state.cursor, set: async (value) => void (state.cursor = value) },
      wants: async (head) => {
        state.asked.push(head);
        return wants(head);
      },
      take: async (events) => void state.kept.push(...events),
      up: async () => void (state.looks += 1),
    };
    const ended = mailboxes.read(mailbox, reading);
    open.push({ close: async () => (stop.abort(), void (await ended.catch(() => undefined))) });
    return { state, ended, stop };
  }
  const isAda = ({ from }: MailboxHead): boolean => from === 'ada@creators.test';

  test('begins where the check said, asks of each mail first, and fetches only what is wanted', async () => {
    const { mailboxes, mailbox } = await setUp({}, { IMAP_POLL_MS: '500' });
    await imap.append(plain({ 'Message-ID': '<old@creators.test>' }));
    const checked = await mailboxes.check({ ...mailbox, imap: inbox() });
    await imap.append(plain({ From: 'Bank <bank@private.test>', 'Message-ID': '<p1@private.test>' }, 'Your balance'));
    await imap.append(plain({ From: 'Else <else@x.test>', 'Message-ID': '<p2@x.test>', 'In-Reply-To': `<${id}@agency.test>` }, 'From my other address'));
    await imap.append(plain({ 'Message-ID': '<n1@creators.test>' }, 'New'));
    await imap.append(dsn('Action: failed\r\nStatus: 5.1.1'));
    await imap.append(dsn('Action: failed\r\nStatus: 5.1.1', 'Message-ID: <someone@private.test>\r\nSubject: Private trouble\r\n\r\nPrivate'));
    await imap.append(plain({ 'Message-ID': '<n2@creators.test>' }, 'Last'));
    const { state } = reader(mailboxes, { ...mailbox, imap: inbox() }, isAda, (checked.ok && checked.cursor) || undefined);
    await until(() => state.kept.some((event) => event.kind === 'message' && event.text === 'Last'), { what: 'the last mail', timeoutMs: 60_000 });
    expect(state.kept).toMatchObject([{ kind: 'message', text: 'New', from: 'ada@creators.test' }, { kind: 'status', status: 'failed', messageId: id }, { kind: 'message', text: 'Last' }]);
    expect(state.asked).toContainEqual({ from: 'bank@private.test' });
    expect(state.asked).toContainEqual({ from: 'else@x.test', answers: id });
    expect(JSON.stringify(state.kept)).not.toMatch(/balance|Private/);
    await until(() => state.looks > 0, { what: 'the look to end' });
  }, 120_000);

  test('a folder that counts anew is read from the day it was connected, not from its beginning', async () => {
    const { mailboxes, mailbox } = await setUp();
    await imap.append(plain({ 'Message-ID': '<again@creators.test>' }, 'Again'));
    const all = reader(mailboxes, { ...mailbox, imap: inbox() }, isAda, { uidValidity: 'another', uid: 9_999 });
    await until(() => all.state.kept.length > 0 && all.state.looks > 0, { what: 'the mails', timeoutMs: 60_000 });
    const later = reader(mailboxes, { ...mailbox, imap: inbox() }, isAda, { uidValidity: 'another', uid: 9_999 }, new Date(Date.now() + 60_000));
    await until(() => later.state.looks > 0, { what: 'the look', timeoutMs: 60_000 });
    expect(later.state.kept).toEqual([]);
    expect(later.state.asked).toEqual([]);
  }, 120_000);

  test('a refused password ends it with the fault; a line that broke throws', async () => {
    const { mailboxes, mailbox } = await setUp();
    expect(await reader(mailboxes, { ...mailbox, imap: inbox({ password: 'Wrong-Pass-88' }) }, isAda).ended).toMatchObject({ server: 'imap', problem: 'credentials' });
    const port = await freePort();
    await expect(reader(mailboxes, { ...mailbox, imap: inbox({ port }) }, isAda).ended).rejects.toThrow();
  }, 120_000);
});

import { describe, expect, test } from '@jest/globals';
import type { InboundEvent } from '@sevenfold/plugin-sdk';
import { configSchema } from '../../src/config.js';
import { eventsOf, type Envelope } from '../../src/in/events-of.js';
import { dsn, id, mail, plain } from './mails.js';

const config = configSchema.parse({
  SMTP_URL: 'smtp://x', MAIL_FROM: 'Agency <hello@agency.test>', MAIL_BOUNCE_ADDRESS: 'bounces@agency.test', MAIL_BOUNCE_PER_MESSAGE: 'on',
  MAIL_REPLY_ADDRESS: 'reply@in.agency.test',
});
const at = new Date('2026-01-05T09:00:00Z');
const read = (source: Buffer, envelope: Partial<Envelope> = {}): Promise<InboundEvent[]> =>
  eventsOf(source, { from: 'ada@creators.test', to: ['hello@agency.test'], ...envelope }, config, at);
const one = async (source: Buffer, envelope?: Partial<Envelope>) => {
  const events = await read(source, envelope);
  expect(events).toHaveLength(1);
  return events[0];
};
const textOf = async (source: Buffer) => {
  const event = await one(source);
  return event?.kind === 'message' ? event.text.trim() : event?.kind;
};

describe('what somebody wrote', () => {
  test('comes with all that is known of it, and its source byte by byte', async () => {
    const source = plain({ 'In-Reply-To': `<${id}@agency.test>`, References: '<x@y> <z@w>' });
    expect(await one(source)).toEqual({
      kind: 'message', providerKey: expect.stringMatching(/^mail:[0-9a-f]{64}$/), copyKey: expect.any(String), providerId: '<a1@creators.test>', at,
      from: 'ada@creators.test', to: 'hello@agency.test', subject: 'Re: Hi', text: 'Hello', references: [`<${id}@agency.test>`, '<z@w>', '<x@y>'], answers: [id],
      raw: { contentType: 'message/rfc822', content: source },
    });
  });

  test('is known again whatever servers on the way put on top, and told apart from another with the same Message-ID', async () => {
    const key = async (source: Buffer) => (await one(source))?.providerKey;
    const first = await key(plain());
    expect(await key(Buffer.concat([Buffer.from('Return-Path: <ada@creators.test>\r\nDelivered-To: x@y\r\nReceived: from a\r\n\tby b; now\r\nDKIM-Signature: v=1\r\n'), plain()]))).toBe(first);
    expect(await key(Buffer.from(plain().toString().replaceAll('\r\n', '\n')))).toBe(first);
    expect(await key(plain({}, 'Something else'))).not.toBe(first);
    expect(await key(plain({ 'Message-ID': '<a2@creators.test>' }))).not.toBe(first);
    expect(await key(plain({ Subject: 'Other' }))).not.toBe(first);
  });

  test('is known again when its sender writes it anew: other boundaries, another encoding, another date', async () => {
    const written = (boundary: string, date: string, encoding: 'base64' | '8bit', words: string, file = 'rates') => Buffer.from([
      'From: Ada <ada@creators.test>', 'To: hello@agency.test', 'Subject: Hi', 'Message-ID: <again@creators.test>', `Date: ${date}`, 'MIME-Version: 1.0',
      `Content-Type: multipart/mixed; boundary="${boundary}"`, '',
      `--${boundary}`, 'Content-Type: text/plain; charset=utf-8', `Content-Transfer-Encoding: ${encoding}`, '', encoding === 'base64' ? Buffer.from(words).toString('base64') : words,
      `--${boundary}`, 'Content-Type: application/pdf; name=rates.pdf', 'Content-Transfer-Encoding: base64', '', Buffer.from(file).toString('base64'), `--${boundary}--`, '',
    ].join('\r\n'));
    const key = async (source: Buffer) => (await one(source))?.providerKey;
    const first = await key(written('one', 'Mon, 05 Jan 2026 09:00:00 +0000', '8bit', 'Fine, thanks!'));
    expect(await key(written('two', 'Mon, 05 Jan 2026 09:00:07 +0000', 'base64', 'Fine, thanks!'))).toBe(first);
    expect(await key(written('two', 'Mon, 05 Jan 2026 09:00:07 +0000', 'base64', 'Fine, thank you!'))).not.toBe(first);
    expect(await key(written('two', 'Mon, 05 Jan 2026 09:00:07 +0000', 'base64', 'Fine, thanks!', 'other rates'))).not.toBe(first);
  });

  test('at a reply address names it; at two of them it is two copies of one', async () => {
    const [first, second] = ['reply+abc@in.agency.test', 'Reply+DEF@IN.agency.test'];
    expect(await one(plain(), { to: [first] })).toMatchObject({ to: first, envelopeTo: first });
    const both = await read(plain(), { to: [first, second, 'hello@agency.test'] });
    expect(both).toMatchObject([{ envelopeTo: first }, { envelopeTo: second }]);
    expect(new Set(both.map(({ providerKey }) => providerKey)).size).toBe(2);
    expect(new Set(both.map((event) => event.kind === 'message' && event.copyKey)).size).toBe(1);
  });

  test('never names one by what its own headers say', async () => {
    expect(await one(plain({ To: 'reply+abc@in.agency.test', Cc: 'reply+abc@in.agency.test', 'Delivered-To': 'reply+abc@in.agency.test' }))).not.toHaveProperty('envelopeTo');
  });

  test('without a Message-ID, a sender, a subject or any header at all is kept too', async () => {
    expect(await one(Buffer.from('just words'), { from: 'ada@creators.test' })).toMatchObject({ kind: 'message', from: 'ada@creators.test' });
    expect(await one(Buffer.alloc(0))).toMatchObject({ kind: 'message' });
    expect(await one(Buffer.from('\0\0\0'))).toMatchObject({ kind: 'message' });
  });
});

describe('texts', () => {
  const charset = (label: string | undefined, bytes: Buffer, encoding = '8bit') =>
    plain({ ...(label === undefined ? {} : { 'Content-Type': `text/plain; charset=${label}` }), 'Content-Transfer-Encoding': encoding }, bytes);
  const latin = Buffer.from('Zo\xeb caf\xe9', 'latin1');
  test.each<[string, Buffer, string]>([
    ['iso-8859-1', charset('iso-8859-1', latin), 'Zoë café'],
    ['Windows-1252, upper case and quoted', charset('"WINDOWS-1252"', Buffer.from('\x80 5', 'latin1')), '€ 5'],
    ['iso-8859-15', charset('iso-8859-15', Buffer.from('\xa4 5', 'latin1')), '€ 5'],
    ['koi8-r', charset('koi8-r', Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4])), 'Привет'],
    ['shift_jis', charset('shift_jis', Buffer.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67])), 'テスト'],
    ['iso-2022-jp', charset('iso-2022-jp', Buffer.from('\x1b$B%F%9%H\x1b(B')), 'テスト'],
    ['gb18030', charset('gb18030', Buffer.from([0xc4, 0xe3, 0xba, 0xc3])), '你好'],
    ['big5', charset('big5', Buffer.from([0xa7, 0x41, 0xa6, 0x6e])), '你好'],
    ['utf-7', charset('utf-7', Buffer.from('Hi +AOk- +JjoAIQ-')), 'Hi é ☺!'],
    ['a DOS code page', charset('cp850', Buffer.from([0x5a, 0x6f, 0x89])), 'Zoë'],
    ['utf-8 said to be us-ascii', charset('us-ascii', Buffer.from('Zoë 😀')), 'Zoë 😀'],
    ['utf-8 said to be us-ascii, quoted-printable', charset('us-ascii', Buffer.from('Zo=C3=AB'), 'quoted-printable'), 'Zoë'],
    ['latin said to be us-ascii', charset('us-ascii', latin), 'Zoë café'],
    ['utf-8 said to be something unknown', charset('x-unknown', Buffer.from('Zoë')), 'Zoë'],
    ['latin said to be utf-8', charset('utf-8', latin), 'Zoë café'],
    ['latin said to be nothing', charset(undefined, latin), 'Zoë café'],
    ['utf-8 said to be nothing', charset(undefined, Buffer.from('Zoë 😀')), 'Zoë 😀'],
    ['broken base64', charset('utf-8', Buffer.from('SGVsbG8!!!'), 'base64'), 'Hello'],
  ])('in %s are read', async (_name, source, text) => {
    expect(await textOf(source)).toBe(text);
  });

  test('encoded words in subjects and names are read', async () => {
    expect(await one(plain({ Subject: '=?iso-8859-1?Q?Zo=EB?= =?utf-8?B?8J+YgA==?=', From: '=?utf-8?Q?Zo=C3=AB?= <zoe@x.test>' }))).toMatchObject({ subject: 'Zoë😀', from: 'zoe@x.test' });
  });

  test('are made from HTML when there is none, quotations marked, scripts and styles left out', async () => {
    const html = '<style>p{}</style><p>Yes,<br>gladly &amp; soon</p><script>alert(1)</script><div class="gmail_quote">On Mon, Jan 5, 2026 at 10:00 AM Mia &lt;m@in.test&gt; wrote:<blockquote>Will you?</blockquote></div>';
    expect(await textOf(plain({ 'Content-Type': 'text/html; charset=utf-8' }, html))).toBe('Yes,\ngladly & soon\n\nOn Mon, Jan 5, 2026 at 10:00 AM Mia <m@in.test> wrote:\n\n> Will you?');
  });

  test('in parts in parts are found, with their files and inline pictures', async () => {
    const source = plain({ 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=m' }, [
      '--m', 'Content-Type: multipart/related; boundary=r', '', '--r', 'Content-Type: multipart/alternative; boundary=a', '',
      '--a', 'Content-Type: text/plain', '', 'Plain', '--a', 'Content-Type: text/html', '', '<p>Rich <img src="cid:logo"></p>', '--a--',
      '--r', 'Content-Type: image/png', 'Content-ID: <logo>', 'Content-Transfer-Encoding: base64', '', 'AAAA', '--r--',
      '--m', 'Content-Type: application/pdf; name="x.pdf"', "Content-Disposition: attachment; filename*=utf-8''%E2%82%AC.pdf", 'Content-Transfer-Encoding: base64', '', 'JVBERg==', '--m--', '',
    ].join('\r\n'));
    const event = await one(source);
    expect(event).toMatchObject({ text: 'Plain', html: expect.stringContaining('cid:logo') });
    expect(event?.kind === 'message' && event.attachments?.map((each) => ('url' in each ? null : [each.filename, each.contentType, each.contentId, Buffer.from(each.content).toString('hex')]))).toEqual([
      [undefined, 'image/png', 'logo', '000000'], ['€.pdf', 'application/pdf', undefined, '25504446'],
    ]);
  });
});

describe('mail bombs', () => {
  const nested = (levels: number) => `${Array.from({ length: levels }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('')}Content-Type: text/plain\r\n\r\nx`;
  test.each<[string, Buffer, string | undefined]>([
    ['parts in parts in parts', Buffer.from(`From: a@x.test\r\n${nested(500)}`), 'unreadable'],
    ['thousands of parts', plain({ 'Content-Type': 'multipart/mixed; boundary=b' }, '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(50_000)), 'too_many_parts'],
    ['a header of megabytes', plain({ 'X-Bomb': 'a'.repeat(5_000_000) }), 'unreadable'],
    ['hundreds of thousands of headers', Buffer.from(`${'X: a\r\n'.repeat(400_000)}\r\nx`), 'unreadable'],
    ['mails in mails', Buffer.from(`${'Content-Type: message/rfc822\r\n\r\n'.repeat(5_000)}x`), undefined],
    ['endless recipients', plain({ To: 'a@b.test, '.repeat(40_000) }), undefined],
    ['endless references', plain({ References: '<a@b> '.repeat(100_000) }), undefined],
    ['deep HTML', plain({ 'Content-Type': 'text/html' }, '<div>'.repeat(400_000)), undefined],
    ['megabytes of text', plain({}, 'x'.repeat(20_000_000)), undefined],
    ['encoded words', plain({ Subject: '=?utf-8?Q?a?= '.repeat(60_000) }), undefined],
  ])('%s are kept in time, with their source', async (_name, source, problem) => {
    const began = performance.now();
    const event = await one(source);
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(event?.kind === 'message' && event.raw?.content === source).toBe(true);
    expect(event?.kind === 'message' ? event.problem : 'none').toBe(problem);
    expect(event?.kind === 'message' && event.text.length).toBeLessThanOrEqual(1_000_000);
  });

  test('nonsense of any kind is kept', async () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      let state = seed;
      const next = () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff);
      const bytes = Buffer.from(plain({ 'Content-Type': 'multipart/mixed; boundary=b' }, '--b\r\nContent-Type: text/html; charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n\r\nSGk=\r\n--b--'));
      for (let n = 0; n < 40; n += 1) bytes[next() % bytes.length] = next() % 256;
      const events = await read(bytes);
      expect(events.length).toBeGreaterThan(0);
    }
  });
});

describe('what a machine wrote is told apart', () => {
  const automatic = async (headers: Record<string, string>, envelope?: Partial<Envelope>) => {
    const event = await one(plain(headers), envelope);
    return event?.kind === 'message' && event.automatic === true;
  };
  test.each<[Record<string, string>]>([
    [{ 'Auto-Submitted': 'auto-replied' }], [{ 'Auto-Submitted': 'auto-generated (vacation)' }], [{ 'X-Autoreply': 'yes' }], [{ Precedence: 'bulk' }],
    [{ Precedence: 'auto_reply' }], [{ Precedence: 'junk' }], [{ 'X-Auto-Response-Suppress': 'All' }], [{ 'List-Id': '<l.x.test>' }], [{ 'X-Autorespond': 'x' }],
    [{ 'Return-Path': '<>' }], [{ From: 'noreply@shop.test' }], [{ From: 'MAILER-DAEMON@mx.test' }], [{ From: 'hello@agency.test' }],
    [{ Subject: 'Automatic reply: Hi' }], [{ Subject: 'Abwesenheitsnotiz: Hi' }], [{ Subject: 'Réponse automatique : Hi' }], [{ Subject: 'Automatisch antwoord: Hi' }],
    [{ Subject: 'Respuesta automática: Hi' }], [{ Subject: 'Autosvar: Hi' }], [{ Subject: 'Out of Office' }],
    [{ Subject: 'Out of Office AutoReply: Hi' }], [{ Subject: 'Out of office Re: Hi' }], [{ 'List-Unsubscribe': '<https://x.test>' }],
  ])('%j', async (headers) => {
    expect(await automatic(headers)).toBe(true);
  });
  test('by the null sender', async () => {
    expect(await automatic({}, { from: '' })).toBe(true);
  });
  test.each<[Record<string, string>]>([
    [{}], [{ 'Auto-Submitted': 'no' }], [{ Precedence: 'first-class' }], [{ Subject: 'Re: Automatic reply: Hi' }], [{ Subject: 'Afwezigheid op maandag' }], [{ Subject: 'Fraværsdage i maj' }],
    [{ From: 'norah@x.test' }], [{ Subject: 'Abwesend am Montag?' }], [{ Subject: 'Out of office hours are fine' }], [{ 'List-Unsubscribe': '<https://crm.test>', 'In-Reply-To': '<x@y>' }],
  ])('but not %j', async (headers) => {
    expect(await automatic(headers)).toBe(false);
  });
});

describe('bounces', () => {
  const toBounces = { from: '', to: ['bounces@agency.test'] };
  test.each<[string, Buffer, object]>([
    ['for good', dsn('Final-Recipient: rfc822; ada@creators.test\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n'), { status: 'failed', code: '5.1.1' }],
    ['given up after days', dsn('Final-Recipient: rfc822; ada@creators.test\r\nAction: failed\r\nStatus: 4.4.7\r\n'), { status: 'failed', code: '4.4.7' }],
    ['delayed', dsn('Final-Recipient: rfc822; ada@creators.test\r\nAction: delayed\r\nStatus: 4.2.2\r\nWill-Retry-Until: tomorrow\r\n'), { status: 'delayed', code: '4.2.2' }],
    ['delivered', dsn('Final-Recipient: rfc822; ada@creators.test\r\nAction: delivered\r\nStatus: 2.0.0\r\n'), { status: 'delivered' }],
    ['passed on to a server without reports', dsn('Final-Recipient: rfc822; ada@creators.test\r\nAction: relayed\r\nStatus: 2.0.0\r\n'), { status: 'delayed' }],
    ['with headers only', dsn('Final-Recipient: rfc822; a@b\r\nAction: failed\r\nStatus: 5.2.1\r\n', `Message-ID:\r\n <${id}@agency.test>\r\nSubject: Hi\r\n`, {}, 'text/rfc822-headers'), { status: 'failed', code: '5.2.1' }],
    ['folded fields', dsn('Final-Recipient: rfc822;\r\n ada@creators.test\r\nAction:\r\n failed\r\nDiagnostic-Code: smtp;\r\n 552 full\r\n'), { status: 'failed', code: '552' }],
  ])('by RFC 3464: %s', async (_name, source, expected) => {
    expect(await one(source, toBounces)).toMatchObject({ kind: 'status', messageId: id, providerKey: expect.any(String), raw: { content: source }, ...expected });
  });

  test('without what came back, by the address made for the message', async () => {
    const source = dsn('Final-Recipient: rfc822; x@y\r\nAction: failed\r\nStatus: 5.0.0\r\n', 'Subject: Hi\r\n');
    expect(await one(source, { from: '', to: [`bounces+${id.replaceAll('-', '')}@agency.test`] })).toMatchObject({ kind: 'status', messageId: id, status: 'failed' });
  });

  const header = `Received: from x\n\tby y\nMessage-ID: <${id}@agency.test>\nSubject: Hi\n`;
  test.each<[string, Buffer, object]>([
    ['qmail', mail({ From: 'MAILER-DAEMON@mx.test', To: 'bounces@agency.test', Subject: 'failure notice' }, `Hi. This is the qmail-send program at mx.test.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ada@creators.test>:\n550 5.1.1 user unknown\n\n--- Below this line is a copy of the message.\n\n${header}\nHi`), { status: 'failed', code: '5.1.1' }],
    ['Exim', mail({ From: 'Mail Delivery System <Mailer-Daemon@mx.test>', 'X-Failed-Recipients': 'ada@creators.test', 'Auto-Submitted': 'auto-replied', Subject: 'Mail delivery failed: returning message to sender' }, `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its recipients. This is a permanent error.\n\n  ada@creators.test\n    Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------\n\n${header}\nHi`), { status: 'failed' }],
    ['Exim, still trying', mail({ From: 'Mail Delivery System <Mailer-Daemon@mx.test>', 'Auto-Submitted': 'auto-replied', Subject: 'Warning: message 1abc delayed 24 hours', 'X-Failed-Recipients': 'x' }, `No action is required on your part. Delivery attempts will continue for some time.\n\n${header}`), { status: 'delayed' }],
    ['old Exchange', mail({ From: 'postmaster@corp.test', Subject: 'Undeliverable: Hi' }, `Your message did not reach some or all of the intended recipients.\n\n  ada@creators.test\n  The e-mail account does not exist. <mx.corp.test #5.1.1>\n\n${header}`), { status: 'failed', code: '5.1.1' }],
    ['German', mail({ From: 'MAILER-DAEMON@mx.test', Subject: 'Unzustellbar: Hi' }, `Die Nachricht konnte nicht zugestellt werden: 550 Postfach unbekannt\n${header}`), { status: 'failed', code: '550' }],
  ])('of other kinds: %s', async (_name, source, expected) => {
    expect(await one(source, toBounces)).toMatchObject({ kind: 'status', messageId: id, ...expected });
  });

  test('are not taken for one: somebody away, a creator telling of one, a report on mail of somebody else', async () => {
    const away = plain({ 'Auto-Submitted': 'auto-replied', 'In-Reply-To': `<${id}@agency.test>`, Subject: 'Out of office' });
    expect(await one(away, { from: '' })).toMatchObject({ kind: 'message', automatic: true, answers: [id] });
    expect(await one(plain({ Subject: 'Undeliverable?' }, `Your mail <${id}@agency.test> came back: 550`))).not.toHaveProperty('answers');
    expect(await one(dsn('Action: failed\r\nStatus: 5.1.1\r\n', 'Message-ID: <other@elsewhere.test>\r\n'), { from: '', to: ['bounces@agency.test'] })).toMatchObject({ kind: 'message', automatic: true });
  });

  test('a receipt of reading counts as read', async () => {
    const source = mail({ From: 'ada@creators.test', 'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=b' },
      `--b\r\nContent-Type: text/plain\r\n\r\nRead\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nOriginal-Message-ID: <${id}@agency.test>\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n--b--`);
    expect(await one(source)).toMatchObject({ kind: 'status', status: 'read', messageId: id });
  });

  test('a complaint ends mail to who complained, if it brings our mail back', async () => {
    const report = (back: string) => mail({ From: 'fbl@provider.test', 'Content-Type': 'multipart/report; report-type=feedback-report; boundary=b' },
      `--b\r\nContent-Type: text/plain\r\n\r\nSpam\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nOriginal-Rcpt-To: <ada@creators.test>\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${back}\r\n--b--`);
    expect(await one(report(header.replaceAll('\n', '\r\n')))).toMatchObject({ kind: 'opt-out', from: 'ada@creators.test', to: 'hello@agency.test' });
    expect(await one(report('Subject: forged\r\n'))).toMatchObject({ kind: 'message', automatic: true });
  });
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { startMailSink, type MailSink } from '../../src/mail/index.js';
import { CampaignStage, startProduct, type Body, type Product } from '../../src/product/index.js';
import { freePort, until } from '../../src/util/index.js';

/** The whole product, with a mail server of the test's own and a door for answers. */
let product: Product;
let sink: MailSink;
let door: number;
beforeAll(async () => {
  sink = await startMailSink();
  door = await freePort();
  product = await startProduct({
    env: {
      SMTP_URL: sink.url, MAIL_FROM: 'Agency <hello@agency.test>', MAIL_IN_LISTEN: `127.0.0.1:${door}`, MAIL_REPLY_ADDRESS: '@in.agency.test',
      MAIL_BOUNCE_ADDRESS: 'bounces@agency.test', MAIL_BOUNCE_PER_MESSAGE: 'on',
    },
  });
}, 180_000);
afterAll(async () => {
  await product?.stop();
  await sink?.close();
}, 60_000);

const send = async (from: string, to: string, raw: string): Promise<void> => {
  const transport = createTransport({ host: '127.0.0.1', port: door, ignoreTLS: true });
  await transport.sendMail({ envelope: { from, to }, raw: raw.replaceAll('\n', '\r\n') }).finally(() => transport.close());
};

test('a creator answers a mail of a campaign by mail: it lands in the thread with that campaign, and the answer to it carries the talk', async () => {
  const stage = await CampaignStage.open(product.api, { dayMs: 600_000 });
  expect((await stage.publish()).status).toBe(200);
  const ada = await stage.creator('Ada', { email: 'ada@creators.test', newsletter: false });
  await stage.select(await stage.apply(ada));
  expect((await stage.sendAgreements()).status).toBe(200);
  const asked = await sink.waitFor(({ to }) => to.includes('ada@creators.test'), { timeoutMs: 30_000, what: 'the agreement' });
  expect(asked.parsed.headers.get('auto-submitted')).toBe('auto-generated');
  expect(asked.parsed.text?.trim()).not.toBe('');
  const replyTo = asked.parsed.replyTo?.value[0]?.address ?? '';
  expect(replyTo).toMatch(/^[a-z2-7]{46}@in\.agency\.test$/);

  // From another address, to the one we gave her, quoting what she answers.
  await send('ada.private@home.test', replyTo, [
    'From: Ada <ada.private@home.test>', `To: <${replyTo}>`, `Subject: Re: ${asked.parsed.subject}`, 'Message-ID: <yes@home.test>', `In-Reply-To: ${asked.parsed.messageId}`,
    'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain; charset=utf-8', '', 'When do you need it?', '',
    'On Mon, Jan 5, 2026 at 10:00 AM Agency <hello@agency.test> wrote:', '> Please sign.', '',
    '--b', 'Content-Type: text/plain; name="idea.txt"', 'Content-Disposition: attachment; filename="idea.txt"', '', 'My idea', '--b--', '',
  ].join('\n'));

  const thread = await until(async () => (await stage.api.get(`/v1/threads?creatorId=${ada.id}&unread=true`)).body.data?.[0], { timeoutMs: 30_000, what: 'the answer in the inbox' });
  expect(thread).toMatchObject({ lastDirection: 'in', lastInboundChannel: 'email', preview: 'When do you need it?' });
  const messages = `/v1/threads/${String(thread['id'])}/messages`;
  const newest = async (): Promise<Body | undefined> => (await stage.api.get(messages)).body.data?.[0];
  const entry = await newest();
  expect(entry).toMatchObject({ direction: 'in', campaignId: stage.campaignId, channel: 'email', text: expect.stringContaining('When do you need it?') });
  expect(JSON.stringify(entry?.['attachments'])).toContain('idea.txt');

  sink.mails.length = 0;
  expect((await stage.api.post(messages, { text: 'By Friday, please.' })).status).toBe(201);
  const answered = await sink.waitFor(({ to }) => to.includes('ada@creators.test'), { timeoutMs: 30_000, what: 'our answer' });
  expect(answered.parsed).toMatchObject({ inReplyTo: '<yes@home.test>', subject: `Re: ${asked.parsed.subject}` });
  expect(answered.parsed.references).toEqual(expect.arrayContaining([asked.parsed.messageId, '<yes@home.test>']));
  expect(answered.parsed.headers.get('auto-submitted')).toBeUndefined();
  expect(answered.parsed.replyTo?.value[0]?.address).toBe(replyTo);

  // Somebody away says nothing, and nobody answers a machine.
  await send('', replyTo, `From: Ada <ada@creators.test>\nTo: <${replyTo}>\nSubject: Out of office\nAuto-Submitted: auto-replied\nMessage-ID: <away@home.test>\n\nI am away.\n`);
  await until(async () => (await newest())?.['automatic'], { timeoutMs: 30_000, what: 'the notice' });
  expect((await stage.api.get(`/v1/threads/${String(thread['id'])}`)).body).toMatchObject({ unread: 0, preview: 'By Friday, please.' });
  // Bounced after all: told at the message.
  await send('', answered.from, [
    'From: MAILER-DAEMON@mx.test', 'Subject: Undelivered', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '', '--b', 'Content-Type: message/delivery-status', '',
    'Reporting-MTA: dns; mx.test', '', 'Action: failed', 'Status: 5.1.1', '', '--b--', '',
  ].join('\n'));
  await until(async () => JSON.stringify((await stage.api.get(messages)).body).includes('5.1.1'), { timeoutMs: 30_000, what: 'the bounce at the message' });
}, 120_000);

test('the worker names its door in its health and counts what came', async () => {
  const health = await (await fetch(`http://127.0.0.1:${product.ports.workerHealth}/readyz`)).text();
  expect(health).toContain('receiver email');
  const metrics = await (await fetch(`http://127.0.0.1:${product.ports.workerHealth}/metrics`)).text();
  expect(metrics).toMatch(/sevenfold_receiver_up\{[^}]*channel="email"[^}]*\} 1/);
  expect(metrics).toMatch(/sevenfold_inbound_taken_total\{[^}]*channel="email"[^}]*\} [1-9]/);
});

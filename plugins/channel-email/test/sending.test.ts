import { afterEach, expect, test } from '@jest/globals';
import type { ChannelPlugin } from '@sevenfold/plugin-sdk';
import { context, emailOn, message } from './setup.js';
import { startSmtpSink } from './smtp-sink.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

async function setUp(env?: Record<string, string>): Promise<{ channel: ChannelPlugin; sink: Awaited<ReturnType<typeof startSmtpSink>> }> {
  const sink = await startSmtpSink();
  const channel = await emailOn(sink.port, env);
  open.push(channel, sink);
  return { channel, sink };
}

test('a mail arrives with text and HTML, its own Message-ID, envelope, reply address and unsubscribe headers', async () => {
  const { channel, sink } = await setUp({ MAIL_BOUNCE_ADDRESS: 'bounces@sevenfold.example' });
  const unsubscribeUrl = `https://sevenfold.example/u/${'a'.repeat(300)}`;
  const outcome = await channel.send(message({
    from: 'Ünal at Brand',
    replyTo: 'reply+abc@in.sevenfold.example',
    automatic: true,
    unsubscribeUrl,
    inReplyTo: '<earlier@sevenfold.example>',
    headers: { 'X-Campaign': 'spring' },
    attachments: [{ filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('file') }],
  }), context());
  const id = '<0190b3f0-0000-7000-8000-000000000001@sevenfold.example>';
  expect(outcome).toEqual({ outcome: 'accepted', providerId: id });
  const [mail] = sink.mails;
  expect(mail).toMatchObject({ from: 'bounces@sevenfold.example', to: ['ada@example.com'] });
  expect(mail?.parsed).toMatchObject({ messageId: id, subject: 'Hello', inReplyTo: '<earlier@sevenfold.example>' });
  expect(mail?.parsed.from?.value).toEqual([{ name: 'Ünal at Brand', address: 'hello@sevenfold.example' }]);
  expect(mail?.parsed.replyTo?.value[0]?.address).toBe('reply+abc@in.sevenfold.example');
  expect(mail?.parsed.text?.trim()).toBe('Plain hello');
  expect(mail?.parsed.html).toContain('<p>Rich hello</p>');
  expect(mail?.parsed.attachments[0]?.content.toString()).toBe('file');
  expect(mail?.parsed.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail?.parsed.headers.get('x-campaign')).toBe('spring');
  // Unfolded: one line, or later signatures break.
  expect(mail?.raw).toContain(`List-Unsubscribe: <${unsubscribeUrl}>\r\n`);
  expect(mail?.raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
});

test('what a person wrote is not marked as automatic', async () => {
  const { channel, sink } = await setUp();
  await channel.send(message(), context());
  expect(sink.mails[0]?.raw).not.toMatch(/^auto-submitted/im);
});

test('no field can begin a header or add a recipient', async () => {
  const { channel, sink } = await setUp();
  const attack = 'x\r\nBcc: thief@example.com\r\n\r\nbody';
  await channel.send(message({
    subject: attack,
    from: attack,
    headers: { 'X-Note': attack },
    unsubscribeUrl: `https://sevenfold.example/u\r\nBcc: thief@example.com`,
    inReplyTo: `<a@b>\r\nBcc: thief@example.com`,
    attachments: [{ filename: attack, contentType: attack, content: Buffer.from('x') }],
  }), context());
  expect(sink.mails).toHaveLength(1);
  expect(sink.mails[0]?.to).toEqual(['ada@example.com']);
  expect(sink.mails[0]?.parsed.bcc).toBeUndefined();
  expect(sink.mails[0]?.raw).not.toMatch(/^bcc:/im);
});

test.each([
  [{ to: 'ada@example.com, eve@example.com' }, 'invalid_address'],
  [{ to: 'ada@example.com>\r\nRCPT TO:<eve@example.com' }, 'invalid_address'],
  [{ to: 'ada' }, 'invalid_address'],
  [{ replyTo: 'a@b.example\r\nBcc: eve@example.com' }, 'invalid_reply_to'],
  [{ headers: { 'X:\r\nBcc': 'eve@example.com' } }, 'invalid_header'],
  [{ headers: { Bcc: 'eve@example.com' } }, 'invalid_header'],
])('%j is refused before anything is sent', async (over, code) => {
  const { channel, sink } = await setUp();
  expect(await channel.send(message(over), context())).toMatchObject({ outcome: 'rejected', code });
  expect(sink.mails).toHaveLength(0);
});

test('hundreds at once over few connections all arrive, each once and with an id of its own', async () => {
  const { channel, sink } = await setUp({ SMTP_CONNECTIONS: '5' });
  const outcomes = await Promise.all(Array.from({ length: 300 }, (_, n) =>
    channel.send(message({ id: `m-${n}`, to: `c${n}@example.com` }), context())));
  expect(outcomes.every((outcome) => outcome.outcome === 'accepted')).toBe(true);
  expect(new Set(sink.mails.map((mail) => mail.parsed.messageId)).size).toBe(300);
});

test('small packets are not held back: fifty in a row on one connection take far less than 40 ms each', async () => {
  const { channel } = await setUp({ SMTP_CONNECTIONS: '1' });
  await channel.send(message(), context());
  const started = performance.now();
  for (let n = 0; n < 50; n += 1) await channel.send(message({ id: `m-${n}` }), context());
  expect((performance.now() - started) / 50).toBeLessThan(25);
});

test('too late, or already given up, is not sent', async () => {
  const { channel, sink } = await setUp();
  expect(await channel.send(message(), { ...context(), deadline: new Date(0) })).toMatchObject({ outcome: 'not_sent' });
  expect(await channel.send(message(), { ...context(), signal: AbortSignal.abort() })).toMatchObject({ outcome: 'not_sent' });
  expect(sink.mails).toHaveLength(0);
});

test('health says whether the server answers', async () => {
  const { channel, sink } = await setUp();
  expect(await channel.health()).toEqual({ ok: true });
  await sink.close();
  expect(await channel.health()).toMatchObject({ ok: false });
  open.pop();
});

import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { ChannelPlugin, Receiver } from '@sevenfold/plugin-sdk';
import { freePort, until } from '@sevenfold/testing/util';
import { createTransport } from 'nodemailer';
import { emailOn } from '../setup.js';
import { certificate, privateKey } from '../tls.js';
import { fakeContext } from './context.js';
import { plain } from './mails.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const well = async (receiver: Receiver | null): Promise<void> => void (await until(async () => (await receiver?.health())?.ok, { what: 'the listener' }));

async function setUp(env: Record<string, string> = {}, port?: number, waits = true) {
  const listen = port ?? (await freePort());
  const channel: ChannelPlugin = await emailOn(1, {
    MAIL_FROM: 'hello@agency.test', MAIL_REPLY_ADDRESS: 'reply@in.agency.test', MAIL_BOUNCE_ADDRESS: 'bounces@agency.test', MAIL_BOUNCE_PER_MESSAGE: 'on',
    MAIL_IN_LISTEN: `127.0.0.1:${listen}`, ...env,
  });
  const context = fakeContext();
  const receiver = (await channel.listen?.(context)) ?? null;
  if (waits) await well(receiver);
  const end = async (): Promise<void> => {
    context.stop();
    await receiver?.close();
    await channel.close();
  };
  closing.push(end);
  return { port: listen, context, receiver, end };
}

const send = async (port: number, raw: Buffer = plain(), to: string | string[] = 'reply+abc@in.agency.test', from: string | false = 'ada@creators.test', more: object = {}) => {
  const transport = createTransport({ host: 'localhost', port, ignoreTLS: true, ...more });
  try {
    return await transport.sendMail({ envelope: { from: from === false ? '' : from, to }, raw });
  } finally {
    transport.close();
  }
};

const toData = ['HELO x\r\n', 'MAIL FROM:<a@b.test>\r\n', 'RCPT TO:<hello@agency.test>\r\n', 'DATA\r\n'];
/** Says one thing after each answer; the answer to the last. */
const dialogue = (port: number, steps: string[]): Promise<{ answer: string; socket: Socket }> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let step = 0;
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      const next = steps[step];
      step += 1;
      if (next === undefined) resolve({ answer: chunk.toString(), socket });
      else socket.write(next);
    });
  });

test('a mail is kept with its envelope, and only then acknowledged', async () => {
  const { port, context } = await setUp();
  let release = (): void => {};
  context.keep = () => new Promise((resolve) => (release = resolve));
  let answered = false;
  const sending = send(port, plain(), ['Reply+ABC@in.agency.test', 'hello@agency.test']).then((info) => {
    answered = true;
    return info;
  });
  await until(() => context.takes.count === 1, { what: 'the mail' });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(answered).toBe(false);
  release();
  expect((await sending).response).toMatch(/^250 /);
  expect(context.kept).toMatchObject([{ kind: 'message', from: 'ada@creators.test', envelopeTo: 'Reply+ABC@in.agency.test', text: 'Hello' }]);
});

test('what cannot be kept is not acknowledged, and is taken when it comes again', async () => {
  const { port, context } = await setUp();
  context.keep = () => Promise.reject(new Error('no database, and hunter2'));
  const refused: unknown = await send(port).catch((error: unknown) => error);
  expect(refused).toMatchObject({ responseCode: 451 });
  expect(String(refused)).not.toContain('hunter2');
  expect(context.kept).toHaveLength(0);
  context.keep = async () => {};
  await send(port);
  await send(port);
  expect(context.kept).toHaveLength(1);
});

test.each([['hello@agency.test'], ['HELLO@Agency.Test'], ['bounces@agency.test'], ['bounces+0190b3f000007000800000000000000a@agency.test'], ['reply+xyz@in.agency.test'], ['anybody@extra.test']])('%s is taken', async (address) => {
  const { port, context } = await setUp({ MAIL_IN_DOMAINS: 'extra.test, other.test' });
  await send(port, plain(), address, false);
  expect(context.kept).toHaveLength(1);
});

test.each([['bob@agency.test'], ['someone@elsewhere.test'], ['reply+xyz@in.agency.test.evil.test'], ['replyx@in.agency.test']])('%s is none of ours', async (address) => {
  const { port, context } = await setUp();
  await expect(send(port, plain(), address)).rejects.toMatchObject({ responseCode: 550 });
  expect(context.kept).toHaveLength(0);
});

test('what is too large is refused, said so before or not; the door stays open', async () => {
  const { port, context } = await setUp({ MAIL_IN_MAX_BYTES: '20000' });
  await expect(send(port, plain({}, 'x'.repeat(40_000)))).rejects.toMatchObject({ responseCode: 552 });
  const { answer, socket } = await dialogue(port, [...toData, `${'y'.repeat(70)}\r\n`.repeat(1_000) + '.\r\n']);
  socket.destroy();
  expect(answer).toMatch(/^552 /);
  await send(port);
  expect(context.kept).toHaveLength(1);
});

test('a sender that breaks off in the middle leaves nothing, and no error', async () => {
  const { port, context, receiver } = await setUp();
  const { socket } = await dialogue(port, toData);
  socket.write('Subject: half\r\n\r\nhal');
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await send(port);
  expect(context.kept).toHaveLength(1);
  expect(await receiver?.health()).toEqual({ ok: true });
});

test('nobody signs in here; encryption is offered with a certificate', async () => {
  const { port } = await setUp();
  const { answer, socket } = await dialogue(port, ['EHLO x\r\n']);
  socket.destroy();
  expect(answer).not.toMatch(/AUTH|STARTTLS/);
  const tls = await setUp({ MAIL_IN_TLS_CERT: certificate, MAIL_IN_TLS_KEY: privateKey });
  await send(tls.port, plain(), 'hello@agency.test', 'a@b.test', { ignoreTLS: false, requireTLS: true, tls: { ca: certificate } });
  expect(tls.context.kept).toHaveLength(1);
});

describe('two on one machine', () => {
  test('one listens, the other stands by and takes over', async () => {
    const first = await setUp();
    const second = await setUp({}, first.port);
    expect(await second.receiver?.health()).toMatchObject({ ok: true, detail: expect.stringContaining('another worker') });
    await send(first.port);
    expect([first.context.kept.length, second.context.kept.length]).toEqual([1, 0]);
    await first.end();
    await until(async () => (await second.receiver?.health())?.detail === undefined, { what: 'the other to take over', timeoutMs: 10_000 });
    await send(first.port);
    expect(second.context.kept).toHaveLength(1);
  });

  test('a port somebody else has is a problem', async () => {
    const port = await freePort();
    const { createServer } = await import('node:net');
    const other = createServer((socket) => socket.end('220 somebody else\r\n')).listen(port, '127.0.0.1');
    closing.push(async () => void other.close());
    const { receiver } = await setUp({}, port, false);
    await until(async () => (await receiver?.health())?.detail?.includes('EADDRINUSE'), { what: 'the problem' });
    expect(await receiver?.health()).toEqual({ ok: false, detail: 'SMTP in: EADDRINUSE' });
  });
});

test('at the end what is in hand is finished and acknowledged, and nobody new is let in', async () => {
  const { port, context, end } = await setUp();
  let release = (): void => {};
  context.keep = () => new Promise((resolve) => (release = resolve));
  const sending = send(port);
  await until(() => context.takes.count === 1, { what: 'the mail' });
  const ending = end();
  await expect(send(port)).rejects.toThrow();
  release();
  expect((await sending).response).toMatch(/^250 /);
  await ending;
  expect(context.kept).toHaveLength(1);
});

test('without a door configured there is none', async () => {
  const channel = await emailOn(1);
  expect(await channel.listen?.(fakeContext())).toBeNull();
  await channel.close();
});


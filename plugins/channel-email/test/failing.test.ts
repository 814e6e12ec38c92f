import type { Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { context, emailOn, logged, message } from './setup.js';
import { startScripted, startSmtpSink } from './smtp-sink.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

/** A well-behaved answer, to be overridden at one point. */
function polite(line: string, inData: boolean): string | undefined {
  if (inData) return line === '.' ? '250 taken' : undefined;
  if (line === 'DATA') return '354 go ahead';
  return '250 ok';
}

async function scripted(onLine: (line: string, socket: Socket, inData: boolean) => string | undefined, env?: Record<string, string>) {
  const server = await startScripted(onLine);
  const channel = await emailOn(server.port, env);
  open.push(channel, server);
  return channel;
}

test.each([
  ['550 5.1.1 no such user ada@example.com', { outcome: 'rejected', code: '550' }],
  ['552 5.2.2 mailbox full', { outcome: 'rejected', code: '552' }],
  ['450 4.2.0 greylisted', { outcome: 'not_sent' }],
  ['451 4.3.0 try later', { outcome: 'not_sent' }],
  ['421 4.3.2 shutting down', { outcome: 'not_sent' }],
])('"%s" to the recipient', async (reply, expected) => {
  const sink = await startSmtpSink({ rcpt: () => reply });
  const channel = await emailOn(sink.port);
  open.push(channel, sink);
  const outcome = await channel.send(message(), context());
  expect(outcome).toMatchObject(expected);
  expect(JSON.stringify([outcome, logged])).not.toContain('ada@example.com');
});

test.each([
  ['554 5.7.1 looks like spam', { outcome: 'rejected', code: '554' }],
  ['452 4.3.1 disk full', { outcome: 'not_sent' }],
])('"%s" after the message', async (reply, expected) => {
  const sink = await startSmtpSink({ data: () => reply });
  const channel = await emailOn(sink.port);
  open.push(channel, sink);
  expect(await channel.send(message(), context())).toMatchObject(expected);
});

test('one refusal in a batch loses the marks of no other', async () => {
  const sink = await startSmtpSink({ rcpt: (address) => (address.startsWith('c7@') ? '554 no' : undefined) });
  const channel = await emailOn(sink.port, { SMTP_CONNECTIONS: '3' });
  open.push(channel, sink);
  const outcomes = await Promise.all(Array.from({ length: 40 }, (_, n) =>
    channel.send(message({ id: `m-${n}`, to: `c${n}@example.com` }), context())));
  expect(outcomes.filter((outcome) => outcome.outcome === 'accepted')).toHaveLength(39);
  expect(outcomes[7]).toMatchObject({ outcome: 'rejected', code: '554' });
  expect(sink.mails).toHaveLength(39);
});

test('nobody listening is not sent', async () => {
  const sink = await startSmtpSink();
  await sink.close();
  const channel = await emailOn(sink.port);
  open.push(channel);
  expect(await channel.send(message(), context())).toMatchObject({ outcome: 'not_sent' });
});

test('a wrong password is our fault: not sent, and not told', async () => {
  const sink = await startSmtpSink({}, {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(Object.assign(new Error('hunter2 is wrong'), { responseCode: 535 })),
  });
  const channel = await emailOn(sink.port, { SMTP_URL: `smtp://user:hunter2@127.0.0.1:${sink.port}` });
  open.push(channel, sink);
  const outcome = await channel.send(message(), context());
  expect(outcome).toMatchObject({ outcome: 'not_sent' });
  expect(JSON.stringify([outcome, await channel.health(), logged])).not.toContain('hunter2');
});

test('cut at the recipient is not sent', async () => {
  const channel = await scripted((line, _socket, inData) => (line.startsWith('RCPT') ? 'cut' : polite(line, inData)));
  expect(await channel.send(message(), context())).toMatchObject({ outcome: 'not_sent' });
});

test('cut in the middle of the message is not sent: without its last line no server takes it', async () => {
  const channel = await scripted((line, _socket, inData) => (inData && line.startsWith('MIDDLE') ? 'cut' : polite(line, inData)));
  const text = `MIDDLE\n${`${'x'.repeat(70)}\n`.repeat(400_000)}`;
  expect(await channel.send(message({ text, html: undefined }), context())).toMatchObject({ outcome: 'not_sent' });
});

test('cut after the last byte is unknown, and is not repeated', async () => {
  let dots = 0;
  const channel = await scripted((line, _socket, inData) => {
    if (!inData || line !== '.') return polite(line, inData);
    dots += 1;
    return 'cut';
  });
  expect(await channel.send(message(), context())).toMatchObject({ outcome: 'unknown' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(dots).toBe(1);
});

test('silence after the last byte is unknown', async () => {
  const channel = await scripted((line, _socket, inData) => (inData && line === '.' ? undefined : polite(line, inData)), { SMTP_TIMEOUT_MS: '300' });
  expect(await channel.send(message(), context())).toMatchObject({ outcome: 'unknown', reason: 'ETIMEDOUT after the last byte' });
});

test('giving up while the server thinks is unknown', async () => {
  const abort = new AbortController();
  const channel = await scripted((line, _socket, inData) => {
    if (!inData || line !== '.') return polite(line, inData);
    setTimeout(() => abort.abort(), 50);
    return undefined;
  });
  expect(await channel.send(message(), { ...context(), signal: abort.signal })).toMatchObject({ outcome: 'unknown' });
});

test('giving up before the message is not sent', async () => {
  const abort = new AbortController();
  const channel = await scripted((line, _socket, inData) => {
    if (!line.startsWith('MAIL')) return polite(line, inData);
    setTimeout(() => abort.abort(), 50);
    return undefined;
  });
  expect(await channel.send(message(), { ...context(), signal: abort.signal })).toMatchObject({ outcome: 'not_sent' });
});

test('a connection that dies under one message leaves the others their marks', async () => {
  let taken = 0;
  const channel = await scripted((line, _socket, inData) => {
    if (inData && line === '.') taken += 1;
    return inData && line === '.' && taken === 10 ? 'cut' : polite(line, inData);
  }, { SMTP_CONNECTIONS: '3' });
  const outcomes = await Promise.all(Array.from({ length: 30 }, (_, n) => channel.send(message({ id: `m-${n}` }), context())));
  const count = (kind: string): number => outcomes.filter((outcome) => outcome.outcome === kind).length;
  expect([count('accepted'), count('unknown'), count('not_sent'), count('rejected')]).toEqual([29, 1, 0, 0]);
});

test('an idle connection the server closed is replaced without a word', async () => {
  const sockets: Socket[] = [];
  const channel = await scripted((line, socket, inData) => {
    if (!sockets.includes(socket)) sockets.push(socket);
    return polite(line, inData);
  }, { SMTP_CONNECTIONS: '1' });
  expect(await channel.send(message(), context())).toMatchObject({ outcome: 'accepted' });
  sockets[0]?.destroy();
  expect(await channel.send(message({ id: 'm-2' }), context())).toMatchObject({ outcome: 'accepted' });
});

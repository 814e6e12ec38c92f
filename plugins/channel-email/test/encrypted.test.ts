import { afterEach, describe, expect, test } from '@jest/globals';
import { context, emailOn, message } from './setup.js';
import { startSmtpSink } from './smtp-sink.js';
import { certificate, privateKey } from './tls.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

async function setUp(server: object, env: Record<string, string>, url = 'smtp') {
  const secured: boolean[] = [];
  const sink = await startSmtpSink({}, {
    key: privateKey, cert: certificate, disabledCommands: [], ...server,
    onMailFrom: (_address, session, done) => {
      secured.push(session.secure);
      done();
    },
  });
  const channel = await emailOn(sink.port, { SMTP_URL: `${url}://localhost:${sink.port}`, ...env });
  open.push(channel, sink);
  return { sink, channel, secured };
}

describe('mail leaves encrypted', () => {
  test('by STARTTLS as soon as the server offers it', async () => {
    const { channel, secured } = await setUp({}, { SMTP_TLS_CA: certificate.replaceAll('\n', '\\n') });
    expect(await channel.send(message(), context())).toMatchObject({ outcome: 'accepted' });
    expect(secured).toEqual([true]);
  });

  test('from the first byte', async () => {
    const { channel, secured } = await setUp({ secure: true }, { SMTP_TLS_CA: certificate }, 'smtps');
    expect(await channel.send(message(), context())).toMatchObject({ outcome: 'accepted' });
    expect(secured).toEqual([true]);
  });

  test('or not at all, where it must be: a server without it gets nothing', async () => {
    const { channel, secured } = await setUp({ disabledCommands: ['STARTTLS'] }, { SMTP_TLS: 'required' });
    expect(await channel.send(message(), context())).toMatchObject({ outcome: 'not_sent' });
    expect(secured).toEqual([]);
    const plain = await setUp({ disabledCommands: ['STARTTLS'] }, {});
    expect(await plain.channel.send(message(), context())).toMatchObject({ outcome: 'accepted' });
  });

  test('never to a server whose certificate nobody vouches for', async () => {
    const { channel, secured } = await setUp({}, {});
    expect(await channel.send(message(), context())).toMatchObject({ outcome: 'not_sent' });
    expect(secured).toEqual([]);
    expect(await channel.health()).toMatchObject({ ok: false });
  });

  test('and small packets are not held back: fifty in a row on one connection take far less than 40 ms each', async () => {
    const { channel } = await setUp({}, { SMTP_TLS_CA: certificate, SMTP_CONNECTIONS: '1' });
    await channel.send(message(), context());
    const took: number[] = [];
    for (let n = 0; n < 50; n += 1) {
      const began = performance.now();
      await channel.send(message({ id: `m-${n}` }), context());
      took.push(performance.now() - began);
    }
    // The median, so that a busy machine's pauses don't count; held back, every single one takes 40 ms.
    expect(took.toSorted((one, other) => one - other)[25]).toBeLessThan(25);
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { context, emailOn, message } from './setup.js';
import { startScripted, startSmtpSink } from './smtp-sink.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
const env = { MAIL_DKIM_KEY: privateKey.replaceAll('\n', '\\n'), MAIL_DKIM_SELECTOR: 's1' };
const record = `v=DKIM1; k=rsa; p=${publicKey.replaceAll(/-----[^-]+-----|\s/g, '')}`;
const resolver = async (name: string, type: string): Promise<string[][]> => {
  if (type === 'TXT' && name === 's1._domainkey.sevenfold.example') return [[record]];
  throw Object.assign(new Error('no record'), { code: 'ENOTFOUND' });
};

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

interface Verified {
  results: { status: { result: string }; signingDomain: string; signingHeaders: { keys: string } }[];
}
const verify = async (raw: string): Promise<Verified['results']> => ((await dkimVerify(raw, { resolver })) as Verified).results;

describe('a signed mail', () => {
  const full = message({
    subject: 'Grüße an alle, die dieses Jahr mit uns gearbeitet haben, und ein langer Betreff, der gefaltet wird',
    from: 'Ünal at Brand', text: 'Zoë\n\n.dot\n  spaces  \n', html: '<p>Zoë</p>', automatic: true,
    unsubscribeUrl: `https://sevenfold.example/u/${'a'.repeat(700)}`, inReplyTo: '<x@y>', references: ['<w@y>', '<x@y>'], replyTo: 'reply+k@in.sevenfold.example',
    attachments: [{ filename: 'ä.bin', contentType: 'application/octet-stream', content: Buffer.alloc(100_000, 7) }],
  });

  test('verifies over the bytes that arrived, both unsubscribe headers among what is signed', async () => {
    const sink = await startSmtpSink();
    const channel = await emailOn(sink.port, env);
    open.push(channel, sink);
    expect(await channel.send(full, context())).toMatchObject({ outcome: 'accepted' });
    const raw = sink.mails[0]?.raw ?? '';
    expect(raw).toContain(`List-Unsubscribe: <https://sevenfold.example/u/${'a'.repeat(700)}>\r\n`);
    const [result] = await verify(raw);
    expect(result).toMatchObject({ status: { result: 'pass' }, signingDomain: 'sevenfold.example' });
    const keys = (result?.signingHeaders.keys ?? '').toLowerCase();
    for (const name of ['from', 'subject', 'list-unsubscribe', 'list-unsubscribe-post', 'auto-submitted', 'references', 'reply-to']) expect(keys.split(':').map((each) => each.trim())).toContain(name);
  });

  test('does not once anything of it was changed, headers and body alike', async () => {
    const sink = await startSmtpSink();
    const channel = await emailOn(sink.port, env);
    open.push(channel, sink);
    await channel.send(full, context());
    const raw = sink.mails[0]?.raw ?? '';
    for (const changed of [raw.replace('/u/aaa', '/u/aab'), raw.replace('One-Click', 'One-Clicks'), raw.replace('auto-generated', 'no'), raw.replace('From: ', 'From: x'), raw.replace(/(\r\n\r\n--[^\r]+\r\n)/, '$1X-Added: 1\r\n')]) {
      expect((await verify(changed))[0]?.status.result).not.toBe('pass');
    }
  });

  test('cut in the middle is certainly not sent, cut after the last byte is unknown: signing reads ahead, and that does not count', async () => {
    let cutAt: 'middle' | 'end' = 'middle';
    const server = await startScripted((line, _socket, inData) => {
      if (!inData) return line === 'DATA' ? '354 go ahead' : '250 ok';
      if (cutAt === 'middle' && line.startsWith('MIDDLE')) return 'cut';
      return line === '.' ? 'cut' : undefined;
    });
    const channel = await emailOn(server.port, env);
    open.push(channel, server);
    const text = `MIDDLE\n${`${'x'.repeat(70)}\n`.repeat(200_000)}`;
    expect(await channel.send(message({ text, html: undefined }), context())).toMatchObject({ outcome: 'not_sent' });
    cutAt = 'end';
    expect(await channel.send(message({ id: 'm-2' }), context())).toMatchObject({ outcome: 'unknown' });
  });
});

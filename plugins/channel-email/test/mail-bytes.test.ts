import { describe, expect, test } from '@jest/globals';
import MailComposer from 'nodemailer/lib/mail-composer';
import { compose } from '../src/compose.js';
import plugin from '../src/index.js';
import { bytesOf } from '../src/mail-bytes.js';
import { message } from './setup.js';

const config = plugin.config.parse({ SMTP_URL: 'smtp://127.0.0.1:25', MAIL_FROM: 'Sevenfold <hello@sevenfold.example>' });

function compiled(over: Parameters<typeof message>[0]) {
  const composed = compose(message(over), config);
  if ('problem' in composed) throw new Error(composed.problem);
  return new MailComposer(composed.mail).compile();
}

/** Where a long line is broken up is a matter of taste. */
const unfolded = (bytes: Buffer | undefined): string | undefined => bytes?.toString().replaceAll('=\r\n', '');

const long = 'every word of a very long line without an end, '.repeat(40);

describe('the bytes of a mail are those nodemailer would have sent', () => {
  test.each([
    ['text and HTML', {}],
    ['text alone', { html: undefined }],
    ['nothing', { text: '', html: undefined }],
    ['lines of all kinds', { text: 'a\nb\r\nc\rd\n\n.dot\n..dots\n', html: '<p>a</p>\n.\n' }],
    ['no line break at the end, and several', { text: 'a', html: '<p>b</p>\n\n\n' }],
    ['long lines', { text: long, html: `<p>${long}</p>` }],
    ['spaces and tabs at ends of lines', { text: `${long} \t\n end \t`, html: ` <p> </p> \n${long} ` }],
    ['accents, which need quoted-printable', { text: `Zoë, élève, Grüße ${long}`, html: `<p>Zoë = ${long}</p>` }],
    ['other scripts, which need base64', { text: 'こんにちは、世界。'.repeat(50), html: `<p>${'مرحبا بالعالم '.repeat(50)}</p>` }],
    ['emoji at the end of a line', { text: `${'x'.repeat(74)}😀\n${'=20 '.repeat(60)}`, html: `<p>${'😀'.repeat(200)} plain words around them, many more than there are of the others. ${long}</p>` }],
    ['everything in the head', {
      subject: 'Grüße an alle, die dieses Jahr mit uns gearbeitet haben, und ein langer Betreff, der gefaltet wird', from: 'Ünal at Brand', automatic: true,
      unsubscribeUrl: `https://sevenfold.example/u/${'a'.repeat(700)}`, inReplyTo: '<x@y>', references: ['<w@y>', '<x@y>'], replyTo: 'reply+k@in.sevenfold.example', headers: { 'X-Campaign': 'spring' },
    }],
  ])('%s', async (_, over) => {
    const mail = compiled(over);
    const bytes = bytesOf(mail);
    expect(unfolded(bytes)).toBe(unfolded(await mail.build()));
    expect((bytes?.toString() ?? '').split('\r\n').filter((line) => line.length > 998)).toEqual([]);
  });

  test('files and long texts are left to its stream', () => {
    expect(bytesOf(compiled({ attachments: [{ filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('a') }] }))).toBeUndefined();
    expect(bytesOf(compiled({ text: 'x'.repeat(300_000) }))).toBeUndefined();
  });
});

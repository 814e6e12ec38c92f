import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { configSchema } from '../../src/config.js';
import { eventsOf } from '../../src/in/events-of.js';
import { dsn, mail, plain } from './mails.js';

const seed = Number(process.env['SEED'] ?? 1);
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 12) * 40;

const config = configSchema.parse({
  SMTP_URL: 'smtp://x', MAIL_FROM: 'Agency <hello@agency.test>', MAIL_BOUNCE_ADDRESS: 'bounces@agency.test', MAIL_BOUNCE_PER_MESSAGE: 'on', MAIL_REPLY_ADDRESS: 'reply@in.agency.test',
});
const at = new Date('2026-01-05T09:00:00Z');

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', ' ', '\0', '\r', '\r\n ', '=?utf-8?B?/////w==?=', '=?x-nonsense?Q?=FF=00?=', '=?utf-8?Q?=?=', 'multipart/mixed', 'multipart/mixed; boundary=', 'multipart/report; report-type=delivery-status; boundary="b"', 'text/plain; charset=utf-7',
    'text/html; charset=x-nonsense', 'text/plain; format=flowed; delsp=yes', 'message/rfc822', 'application/ms-tnef', 'base64', 'quoted-printable', 'uuencode', '<>', '<a@b', 'a@b, c@d; e@f', 'Group: a@b;', '"unclosed <a@b>', `${'<x@y> '.repeat(2_000)}`, 'x'.repeat(20_000)),
);
const names = fc.constantFrom('From', 'To', 'Cc', 'Subject', 'Date', 'Message-ID', 'In-Reply-To', 'References', 'Content-Type', 'Content-Transfer-Encoding', 'Content-Disposition', 'MIME-Version', 'Auto-Submitted', 'Reply-To', 'Return-Path', 'List-Id', 'Precedence', 'X-Original-To', '', ':');
const body = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(
    '--b\r\n'.repeat(500), '--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n'.repeat(300), '--b\r\nContent-Type: message/rfc822\r\n\r\n'.repeat(200), `${'<div>'.repeat(5_000)}x`, '<table'.repeat(3_000), '>'.repeat(5_000), '&#x'.repeat(3_000),
    'On Mon, Jan 5, 2026 at 9:00 AM x <x@y.test> wrote:\r\n> '.repeat(400), '=\r\n'.repeat(4_000), '='.repeat(9_000), 'begin 644 x\r\n`\r\nend', '\r\n.\r\n', '\u202e\ud800', 'x '.repeat(40_000),
  ),
);
const written = fc.tuple(fc.array(fc.tuple(names, word), { maxLength: 8 }), body).map(([headers, text]) => mail(Object.fromEntries(headers), text));
const honest = fc.oneof(fc.constantFrom(plain(), dsn('Final-Recipient: rfc822; ada@creators.test\r\nAction: failed\r\nStatus: 5.1.1')), written);
/** Bytes of a mail cut, repeated or overwritten somewhere. */
const damaged = fc.tuple(honest, fc.nat(), fc.nat({ max: 200 }), fc.oneof(fc.uint8Array({ maxLength: 50 }), word.map((each) => Buffer.from(each)))).map(([source, from, length, put]) => {
  const start = from % (source.length + 1);
  return Buffer.concat([source.subarray(0, start), put, source.subarray(start + length)]);
});

test('any bytes are something, are kept with their source, and take no time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, written, fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes))), fc.option(word, { nil: undefined }), fc.array(word, { maxLength: 3 }), async (source, from, to) => {
      const began = performance.now();
      const events = await eventsOf(source, { from, to }, config, at);
      const took = performance.now() - began;
      expect(events.length).toBeGreaterThan(0);
      for (const event of events) {
        expect([typeof event.providerKey, event.providerKey === '', event.at]).toEqual(['string', false, at]);
        expect(['message', 'status', 'opt-out']).toContain(event.kind);
        if (event.kind === 'message') expect([typeof event.text, typeof event.from, typeof event.to, event.raw?.content]).toEqual(['string', 'string', 'string', source]);
        expect(() => JSON.stringify({ ...event, raw: undefined })).not.toThrow();
      }
      expect(took).toBeLessThan(10_000);
      const again = await eventsOf(source, { from, to }, config, at);
      expect(again.map(({ providerKey }) => providerKey)).toEqual(events.map(({ providerKey }) => providerKey));
    }),
    { seed, numRuns, interruptAfterTimeLimit: 120_000 },
  );
});

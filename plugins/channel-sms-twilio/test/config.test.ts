import { expect, test } from '@jest/globals';
import { configSchema } from '../src/config.js';
import { normaliseNumber } from '../src/normalise-number.js';
import { SID, smsOn } from './setup.js';

test('everything wrong is named at once, without values', () => {
  const result = configSchema.safeParse({ TWILIO_ACCOUNT_SID: 'x', TWILIO_FROM: 'Brand', TWILIO_DEFAULT_COUNTRY: 'Narnia' });
  const fields = result.error?.issues.map((issue) => issue.path.join('.'));
  expect(fields).toEqual(['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM', 'TWILIO_DEFAULT_COUNTRY']);
});

test('a sender is needed, and an API key comes with its secret', () => {
  const result = configSchema.safeParse({ TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: 't', TWILIO_API_KEY: 'SK1' });
  expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['TWILIO_FROM', 'TWILIO_API_SECRET']);
});

test.each([
  ['+31 6 12 34 56 78', undefined, '+31612345678'],
  ['06-12345678', 'NL', '+31612345678'],
  ['+1 (555) 123-4567', undefined, '+15551234567'],
])('%s is %s', (typed, country, number) => {
  expect(normaliseNumber(typed, country)).toEqual({ ok: true, address: number });
});

test.each(['06-12345678', '', '+31', 'call +31612345678 now', 'ada@example.com'])('"%s" is no number', (typed) => {
  expect(normaliseNumber(typed)).toMatchObject({ ok: false });
});

test('SMS carries no newsletter, costs money, and takes the short text', async () => {
  const channel = await smsOn('http://127.0.0.1:9');
  expect(channel.traits).toMatchObject({ newsletter: false, repeatCostsMoney: true, rich: false, bodyTemplate: 'short', needsAppSession: false });
});

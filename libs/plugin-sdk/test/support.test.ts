import { expect, test } from '@jest/globals';
import { channelWebhookUrl, networkReason, pastDeadline } from '../src/index.js';

test('a reason keeps the code of an error and drops its message', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED user:secret@10.0.0.1'), { code: 'ECONNREFUSED' });
  expect(networkReason(refused)).toBe('ECONNREFUSED');
  expect(networkReason(new TypeError('fetch failed', { cause: refused }))).toBe('ECONNREFUSED');
  expect(networkReason(new Error('ada@example.com'))).toBe('network error');
  expect(networkReason('ada@example.com')).toBe('network error');
});

test('webhook URLs stand on the public URL, slash or not', () => {
  expect(channelWebhookUrl({ publicUrl: 'https://x.example/' }, 'sms', '/status')).toBe('https://x.example/v1/hooks/channels/sms/status');
});

test('aborted or late is not sent, in time is no objection', async () => {
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const host = { logger: quiet, clock: { now: async () => new Date(1_000) }, publicUrl: '' };
  const signal = new AbortController().signal;
  expect(await pastDeadline({ signal, deadline: new Date(1_000) }, host)).toBeUndefined();
  expect(await pastDeadline({ signal, deadline: new Date(999) }, host)).toMatchObject({ outcome: 'not_sent' });
  expect(await pastDeadline({ signal: AbortSignal.abort(), deadline: new Date(5_000) }, host)).toMatchObject({ outcome: 'not_sent' });
});

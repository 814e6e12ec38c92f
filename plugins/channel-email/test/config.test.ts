import { expect, test } from '@jest/globals';
import { configSchema } from '../src/config.js';
import { normaliseMailAddress } from '../src/normalise-address.js';

test('all problems at once, without the values', () => {
  const result = configSchema.safeParse({ SMTP_URL: 'http://user:hunter2@x', MAIL_FROM: 'nobody', SMTP_CONNECTIONS: '0' });
  expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['SMTP_URL', 'MAIL_FROM', 'SMTP_CONNECTIONS']);
  expect(JSON.stringify(result.error?.issues)).not.toContain('hunter2');
});

test('twenty connections unless told otherwise; the sender may have a name', () => {
  const config = configSchema.parse({ SMTP_URL: 'smtp://mail.example', MAIL_FROM: '"The Team" <Team@Example.COM>' });
  expect(config).toMatchObject({ SMTP_CONNECTIONS: 20, MAIL_FROM: { name: 'The Team', address: 'Team@example.com' } });
});

test.each([
  [' Ada.L@Example.COM ', 'Ada.L@example.com'],
  ['ada+tag@bücher.example', 'ada+tag@xn--bcher-kva.example'],
  ["o'hara@example.com", "o'hara@example.com"],
])('%s is %s', (typed, address) => {
  expect(normaliseMailAddress(typed)).toEqual({ ok: true, address });
});

test.each(['', 'ada', '@example.com', 'ada@', 'ada@localhost', 'a b@example.com', 'a@b@example.com', '"a"@example.com', 'a..b@example.com',
  'ada@exa_mple.com', 'ada\n@example.com', `${'a'.repeat(65)}@example.com`, '<ada@example.com>', 'ada@[127.0.0.1]'])(
  '%s is no address', (typed) => {
    expect(normaliseMailAddress(typed)).toMatchObject({ ok: false });
  });

const base = { SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@example.com' };
const wrong = (more: Record<string, string>): string[] => configSchema.safeParse({ ...base, ...more }).error?.issues.map((issue) => issue.path.join('.')) ?? [];

test('a reply address is a mailbox or a domain, and leaves room for the key', () => {
  expect(configSchema.parse({ ...base, MAIL_REPLY_ADDRESS: 'Reply@In.Example.com' }).MAIL_REPLY_ADDRESS).toEqual({ mailbox: 'Reply@in.example.com', style: 'plus' });
  expect(configSchema.parse({ ...base, MAIL_REPLY_ADDRESS: '@in.example.com' }).MAIL_REPLY_ADDRESS).toEqual({ mailbox: 'any@in.example.com', style: 'domain' });
  expect(wrong({ MAIL_REPLY_ADDRESS: 'in.example.com' })).toEqual(['MAIL_REPLY_ADDRESS']);
  expect(wrong({ MAIL_REPLY_ADDRESS: 'a-name-of-eighteen@example.com' })).toEqual(['MAIL_REPLY_ADDRESS']);
});

test('a key that cannot sign, half of a pair, a wrong port or address are refused at the start', () => {
  expect(wrong({ MAIL_DKIM_KEY: '-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----', MAIL_DKIM_SELECTOR: 's1' })).toEqual(['MAIL_DKIM_KEY']);
  expect(wrong({ MAIL_DKIM_SELECTOR: 's1' })).toEqual(['MAIL_DKIM_KEY']);
  expect(wrong({ MAIL_IN_TLS_CERT: '-----BEGIN CERTIFICATE-----' })).toEqual(['MAIL_IN_TLS_KEY']);
  expect(wrong({ MAIL_IN_LISTEN: 'somewhere' })).toEqual(['MAIL_IN_LISTEN']);
  expect(wrong({ IMAP_URL: 'http://x' })).toEqual(['IMAP_URL']);
  expect(wrong({ SMTP_TLS: 'maybe' })).toEqual(['SMTP_TLS']);
});

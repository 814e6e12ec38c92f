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

import { expect, test } from '@jest/globals';
import { reachableAddress } from './index.js';

test.each(['127.0.0.1', 'localhost', '10.1.2.3', '::1', '169.254.169.254', '192.168.1.1', '::ffff:10.0.0.1'])('%s is not reached, unless it is named', async (host) => {
  await expect(reachableAddress(host)).rejects.toMatchObject({ code: 'ENOTPUBLIC' });
  await expect(reachableAddress(host, ['other.test'])).rejects.toMatchObject({ code: 'ENOTPUBLIC' });
  expect(await reachableAddress(host, [host])).toMatch(/^[0-9a-f.:]+$/);
});

test('a public address is itself, and a name that is none says so', async () => {
  expect(await reachableAddress('8.8.8.8')).toBe('8.8.8.8');
  await expect(reachableAddress('nobody.invalid')).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
});

import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { freePort, isPortFree, until } from '@sevenfold/testing/util';

describe('until', () => {
  test('hands back the first truthy value, taking errors as "not yet"', async () => {
    let tries = 0;
    const value = await until(
      () => {
        tries += 1;
        if (tries === 1) throw new Error('not there');
        return tries === 3 && 'here';
      },
      { what: 'the third try', everyMs: 1 },
    );
    expect(value).toBe('here');
  });

  test('says what was waited for, and the last error as its cause', async () => {
    const waiting = until(() => Promise.reject(new Error('refused')), { what: 'the moon', timeoutMs: 5, everyMs: 1 });
    await expect(waiting).rejects.toMatchObject({ message: 'waited 5 ms for the moon', cause: { message: 'refused' } });
  });
});

test('a free port is one that can be listened on, and is not free any more then', async () => {
  const port = await freePort();
  expect(await isPortFree(port)).toBe(true);
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  expect(await isPortFree(port)).toBe(false);
  server.close();
});

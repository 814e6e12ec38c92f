import { expect, test } from '@jest/globals';
import { startBalancer } from '../src/balancer/index.js';
import { freePort, listen } from '../src/util/index.js';

const named = (name: string, port?: number) => listen((_request, response) => void response.end(name), port);
const textOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).text();

test('takes turns, leaves out who refuses, and takes him back', async () => {
  const [one, two] = [await named('one'), await named('two')];
  await using balancer = await startBalancer({ targets: [one.port, two.port], outMs: 50 });
  const four = async () => [await textOf(balancer.url), await textOf(balancer.url), await textOf(balancer.url), await textOf(balancer.url)].sort();
  expect(await four()).toEqual(['one', 'one', 'two', 'two']);
  await one.close();
  expect(await four()).toEqual(['two', 'two', 'two', 'two']);
  const again = await named('one', one.port);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await four()).toEqual(['one', 'one', 'two', 'two']);
  expect(balancer.answered).toEqual([4, 8]);
  await again.close();
  await two.close();
});

test('never repeats what a process had taken: 502; and says 503 when nobody is there', async () => {
  let taken = 0;
  const dying = await listen((request) => {
    taken += 1;
    request.socket.destroy();
  });
  await using balancer = await startBalancer({ targets: [dying.port, await freePort()] });
  for (let i = 0; i < 3; i++) expect((await fetch(balancer.url, { method: 'POST', body: 'once' })).status).toBe(502);
  expect(taken).toBe(3);
  await dying.close();
  expect((await fetch(balancer.url)).status).toBe(503);
});

test('passes a stream on as it comes, and its end', async () => {
  let left = false;
  const stream = await listen((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
    response.on('close', () => (left = true));
  });
  await using balancer = await startBalancer({ targets: [stream.port] });
  const reading = new AbortController();
  const { body } = await fetch(balancer.url, { signal: reading.signal });
  const first = await body?.getReader().read();
  expect(new TextDecoder().decode(first?.value)).toBe('data: 1\n\n');
  reading.abort();
  for (let i = 0; i < 100 && !left; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(left).toBe(true);
  await stream.close();
});

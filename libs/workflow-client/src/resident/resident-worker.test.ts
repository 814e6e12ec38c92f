import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { createLogger } from '@sevenfold/platform/logging';
import { startTemporal, type RunningTemporal } from '@sevenfold/testing/temporal';
import { until } from '@sevenfold/testing/util';
import { ResidentWorker } from './index.js';

let server: RunningTemporal;
let connection: Connection;
beforeAll(async () => {
  server = await startTemporal();
  connection = await Connection.connect({ address: server.address });
}, 120_000);
afterAll(async () => {
  await connection.close();
  await server.stop();
}, 60_000);

const worker = (taskQueue: string) =>
  new ResidentWorker({
    address: server.address, namespace: 'default', logger: createLogger({ name: 'test', level: 'silent' }),
    options: { taskQueue, activities: { nothing: () => Promise.resolve() } },
  });

/** Who asks for activities of this queue. `taskQueueType` 2: activities. */
const pollers = async (name: string): Promise<number> => {
  const { pollers: all } = await connection.workflowService.describeTaskQueue({ namespace: 'default', taskQueue: { name }, taskQueueType: 2 });
  return all?.length ?? 0;
};

const why = (resident: ResidentWorker): Promise<string> => resident.check().then(() => 'ready', (error: unknown) => String(error));

test('a prepared one takes no work until it is started, and says so', async () => {
  const resident = worker('prepared');
  expect(await why(resident)).toMatch('not reached yet');
  resident.prepare();
  await until(async () => (await why(resident)).includes('before the rest of the process'), { what: 'it to be prepared' });
  expect(await pollers('prepared')).toBe(0);
  resident.start();
  await until(async () => (await why(resident)) === 'ready', { what: 'it to poll' });
  await until(async () => (await pollers('prepared')) > 0, { what: 'the engine to see it' });
  await resident.stop();
  expect(await why(resident)).not.toBe('ready');
}, 60_000);

test('one that was never started ends at once, however far it came', async () => {
  const prepared = worker('unused');
  prepared.prepare();
  await until(async () => (await why(prepared)).includes('before the rest of the process'), { what: 'it to be prepared' });
  await prepared.stop();
  const early = worker('unused');
  early.prepare();
  await early.stop();
  expect(await pollers('unused')).toBe(0);
}, 60_000);

test('an engine that goes away between the two does not keep it from working', async () => {
  const resident = worker('restarted');
  resident.prepare();
  await until(async () => (await why(resident)).includes('before the rest of the process'), { what: 'it to be prepared' });
  await server.restart();
  resident.start();
  await until(async () => (await why(resident)) === 'ready', { what: 'it to poll', timeoutMs: 45_000 });
  await until(async () => (await pollers('restarted').catch(() => 0)) > 0, { what: 'the engine to see it', timeoutMs: 45_000 });
  await resident.stop();
}, 120_000);

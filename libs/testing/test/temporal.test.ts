import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { createTimeSkippingEnv, startTemporal } from '@sevenfold/testing/temporal';
import { isAlive, startChild } from '@sevenfold/testing/util';

const connect = async (address: string) => new Client({ connection: await Connection.connect({ address }) });

test('a killed server still knows the workflows it had, and keeps them for a month', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sevenfold-temporal-'));
  await using server = await startTemporal({ dbFile: join(folder, 'temporal.db'), retentionDays: 30 });
  const before = await connect(server.address);
  await before.workflow.start('anything', { workflowId: 'kept', taskQueue: 'nobody' });
  await before.connection.close();

  const first = server.pid;
  await server.kill();
  expect(isAlive(first)).toBe(false);
  await server.restart();
  expect(server.pid).not.toBe(first);

  const after = await connect(server.address);
  expect((await after.workflow.getHandle('kept').describe()).status.name).toBe('RUNNING');
  const { config } = await after.workflowService.describeNamespace({ namespace: 'default' });
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 86_400);
  await after.connection.close();
  await server.stop(); // it writes into its folder as long as it runs
  await rm(folder, { recursive: true });
});

test('the time-skipping server jumps over days', async () => {
  await using time = await createTimeSkippingEnv();
  const week = new Date((await time.now()).getTime() + 7 * 86_400_000);
  const before = performance.now();
  await time.skipTo(week);
  expect((await time.now()).getTime()).toBeGreaterThanOrEqual(week.getTime());
  expect(performance.now() - before).toBeLessThan(5000);
});

test('a child ends with what it has started itself', async () => {
  const child = await startChild({ command: 'sh', args: ['-c', 'sleep 1000 & wait'] });
  await child.stop();
  const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=', '-g', String(child.pid)]).catch(() => ({ stdout: '' }));
  expect(stdout.split('\n').filter((line) => line && !line.startsWith('Z'))).toEqual([]);
});

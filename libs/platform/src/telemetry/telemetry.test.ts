import { expect, test } from '@jest/globals';
import { createLogger, withLogFields } from '../logging/index.js';
import { startHealthServer } from '../health/index.js';
import { createMetrics, inSpan, traceparent } from './index.js';

test('metrics are served in Prometheus’s format, and a reading that fails leaves the others', async () => {
  const metrics = createMetrics('test');
  metrics.counter('things_total', 'Things.', ['kind'])({ kind: 'a' });
  metrics.durations('work_seconds', 'Work.', ['outcome'])({ outcome: 'done' }, 0.2);
  metrics.gauge('waiting', 'Waiting.', [], async () => [{ labels: {}, value: 7 }]);
  metrics.gauge('broken', 'Broken.', [], () => Promise.reject(new Error('away')));
  const server = await startHealthServer({ port: 0, host: '127.0.0.1', metrics: () => metrics.render() });
  try {
    const answer = await fetch(`http://127.0.0.1:${server.port}/metrics`);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('sevenfold_things_total{kind="a",process="test"} 1');
    expect(text).toContain('sevenfold_work_seconds_bucket{le="0.25",process="test",outcome="done"} 1');
    expect(text).toContain('sevenfold_waiting{process="test"} 7');
    expect(text).not.toMatch(/^sevenfold_broken/m);
    expect(text).toMatch(/nodejs_eventloop_lag_seconds/);
    expect((await fetch(`http://127.0.0.1:${server.port}/readyz`)).status).toBe(404);
  } finally {
    await server.close();
  }
});

test('lines carry the fields of the work they belong to, however deep, and no others', async () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', name: 'test', destination: { write: (line: string) => void lines.push(line) } });
  await Promise.all(
    ['r1', 'r2'].map((requestId) =>
      withLogFields({ requestId, contactEmail: 'CANARY' }, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        withLogFields({ campaignId: `c-${requestId}` }, () => logger.info({ step: 1 }, 'deep'));
      }),
    ),
  );
  logger.info('outside');
  const read = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(read.filter(({ msg }) => msg === 'deep').map(({ requestId, campaignId }) => [requestId, campaignId])).toEqual([['r1', 'c-r1'], ['r2', 'c-r2']]);
  expect(read.at(-1)).not.toHaveProperty('requestId');
  expect(lines.join('')).not.toContain('CANARY');
});

test('without a collector nothing is traced, and work goes on as ever', async () => {
  expect(await inSpan('work', {}, async () => traceparent())).toBeUndefined();
});

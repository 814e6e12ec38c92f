import { writeHistory } from '../../../../libs/workflows/test/history-json.js';
import { until } from '@sevenfold/testing/util';
import type { Scenario } from '../harness.js';

/** What has happened in a workflow so far, as text; of the run that is first when it went on in others. */
export async function firstRun({ client }: Scenario, workflowId: string): Promise<string> {
  let runId: string | undefined;
  for (;;) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const before = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    if (!before) return writeHistory(history);
    runId = before;
  }
}

/** Waits until an activity of a workflow was done so many times, relaying meanwhile. */
export async function wasDone(scenario: Scenario, workflowId: string, times = 1): Promise<void> {
  await until(
    async () => {
      await scenario.relay.drainOnce();
      const { events } = await scenario.client.workflow.getHandle(workflowId).fetchHistory();
      return (events ?? []).filter((each) => each.activityTaskCompletedEventAttributes).length >= times;
    },
    { timeoutMs: 30_000, everyMs: 50, what: `${times} activities of ${workflowId}` },
  );
}

/** Waits until a workflow has ended, relaying meanwhile. */
export async function hasEnded(scenario: Scenario, workflowId: string): Promise<void> {
  await until(
    async () => {
      await scenario.relay.drainOnce();
      return (await scenario.client.workflow.getHandle(workflowId).describe()).status.name === 'COMPLETED';
    },
    { timeoutMs: 30_000, everyMs: 50, what: `the end of ${workflowId}` },
  );
}

/** The id of one row. */
export async function idOf({ system }: Scenario, sql: string, values: unknown[] = []): Promise<string> {
  return system.transaction(async (em) => {
    const [row] = await em.execute<{ id: string }[]>(sql, values);
    if (!row) throw new Error(`Nothing was found by ${sql}`);
    return row.id;
  });
}

import { Client, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/common';
import { mainQueue, nudgeSignal } from '@sevenfold/workflows';

/**
 * Starts a workflow that may ever run once for its row. Running already, or ended already, is as good as started.
 * @param args ids only
 */
export async function startOnce(client: Client, type: string, workflowId: string, args: object): Promise<void> {
  try {
    await client.workflow.start(type, {
      workflowId,
      taskQueue: mainQueue,
      args: [args],
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Tells a workflow that its row has changed. One that has ended, or never ran, has nothing to look at. */
export async function nudge(client: Client, workflowId: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId).signal(nudgeSignal);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** Tells a workflow that waits for rows to look again, starting it when it is not running. */
export async function wake(client: Client, type: string, workflowId: string, args: object[]): Promise<void> {
  await client.workflow.signalWithStart(type, {
    workflowId,
    taskQueue: mainQueue,
    args,
    signal: nudgeSignal,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
  });
}

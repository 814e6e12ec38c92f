import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { workflowIds } from '@sevenfold/workflows';

/**
 * Whether the engine has ever seen this installation: by the sweeper, which every one has and which never ends.
 * @throws Error when the engine is away
 */
export async function isKnown(client: Client): Promise<boolean> {
  try {
    const deadline = new Date(performance.timeOrigin + performance.now() + 3_000);
    const { status } = await client.withDeadline(deadline, () => client.workflow.getHandle(workflowIds.sweeper()).describe());
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

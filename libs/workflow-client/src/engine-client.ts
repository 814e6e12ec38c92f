import {
  Client, isGrpcServiceError, WithStartWorkflowOperation, WorkflowIdConflictPolicy, WorkflowIdReusePolicy,
  WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/common';
import type { LifecycleCommand } from '@sevenfold/domain/campaigns';
import { DomainError } from '@sevenfold/domain/errors';
import { mainQueue, workflowIds, workflowTypes } from '@sevenfold/workflows';
import type { CampaignRef, CommandAnswer, CommandInput } from '@sevenfold/workflows';
import { engineAnswers } from './engine-answers.js';

/** The campaign's workflow has ended: the answer is in the command's row, or follows from the campaign's state. */
export class EngineClosedError extends Error {
  override readonly name = 'EngineClosedError';
}

export interface CommandCall extends CampaignRef {
  name: LifecycleCommand;
  /** The stored command. Also the Update's id: the same command sent again joins the first. */
  commandId: string;
}

/** Lifecycle commands as Updates on the campaign's workflow. */
export class EngineClient {
  private readonly underWay = new Set<Promise<unknown>>();

  /**
   * @param deadlineMs how long a caller waits before `engine_unavailable`; the command may still happen
   * @param onCommand told of every command's end: `done`, `refused`, or the error's code
   */
  constructor(
    private readonly client: Client,
    private readonly deadlineMs = 10_000,
    private readonly onCommand: (name: LifecycleCommand, outcome: string, seconds: number) => void = () => undefined,
  ) {}

  /**
   * Has a stored command carried out and waits until it is; its whole outcome is in its row. A campaign whose workflow the engine does not know
   * (never published, or restored from a backup) gets one that starts from the row.
   * @throws DomainError `engine_unavailable` when no answer came in time; repeat with the same command id
   * @throws EngineClosedError when the campaign's workflow has ended
   */
  async command(call: CommandCall): Promise<CommandAnswer> {
    const began = performance.now();
    const end = (outcome: string): void => this.onCommand(call.name, outcome, (performance.now() - began) / 1000);
    try {
      const outcome = await this.update(call);
      end(outcome.ok ? 'done' : 'refused');
      return outcome;
    } catch (error) {
      end(error instanceof DomainError ? error.code : error instanceof EngineClosedError ? 'closed' : 'failed');
      throw error;
    }
  }

  private async update({ name, commandId, workspaceId, campaignId }: CommandCall): Promise<CommandAnswer> {
    const ref = { workspaceId, campaignId };
    try {
      return await this.withDeadline(() =>
        this.client.workflow.executeUpdateWithStart<() => Promise<void>, CommandAnswer, [CommandInput]>(name, {
          updateId: commandId,
          args: [{ commandId }],
          startWorkflowOperation: new WithStartWorkflowOperation(workflowTypes.campaign, {
            workflowId: workflowIds.campaign(ref),
            taskQueue: mainQueue,
            args: [ref],
            workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
            workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
          }),
        }),
      );
    } catch (error) {
      throw this.translate(error);
    }
  }

  /** Whether the engine answers, and its own database with it; for readiness. @throws Error when not */
  async ping(): Promise<void> {
    const { namespace } = this.client.options;
    await engineAnswers((patienceMs) => this.withDeadline(() => this.client.workflowService.describeNamespace({ namespace }), patienceMs));
  }

  async close(): Promise<void> {
    // A call still retrying would fall over the closed channel, outside of any catch.
    await Promise.allSettled(this.underWay);
    await this.client.connection.close();
  }

  private async withDeadline<T>(call: () => Promise<T>, deadlineMs = this.deadlineMs): Promise<T> {
    const deadline = new Date(performance.timeOrigin + performance.now() + deadlineMs);
    const running = this.client.withDeadline(deadline, call);
    this.underWay.add(running);
    try {
      return await running;
    } finally {
      this.underWay.delete(running);
    }
  }

  private translate(error: unknown): unknown {
    if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof WorkflowNotFoundError) {
      return new EngineClosedError('The campaign has ended');
    }
    // The workflow ended between acceptance and answer.
    if (error instanceof WorkflowUpdateFailedError) return new EngineClosedError('The campaign ended before the answer');
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isUnreachable(error)) {
      return new DomainError('engine_unavailable', { retryAfterSeconds: 5 });
    }
    return error;
  }
}

/** gRPC codes that say nothing about the command: DEADLINE_EXCEEDED, CANCELLED, UNAVAILABLE, RESOURCE_EXHAUSTED. */
const unreachable = new Set([1, 4, 8, 14]);

function isUnreachable(error: unknown): boolean {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (isGrpcServiceError(each) && unreachable.has(each.code)) return true;
  }
  return false;
}

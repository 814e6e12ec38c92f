import { Injectable } from '@nestjs/common';
import { beginCommand, concludeCommand, findCommand, type CommandName } from '@sevenfold/core/campaigns';
import { Database, type Scope } from '@sevenfold/core/db';
import type { LifecycleCommand } from '@sevenfold/domain/campaigns';
import { DomainError, unwrap, type Json, type Outcome } from '@sevenfold/domain/errors';
import { EngineClient, EngineClosedError } from '@sevenfold/workflow-client';

export interface CommandCall<Name extends CommandName = CommandName> {
  name: Name;
  campaignId: string;
  /** From `@CommandId()`. */
  commandId: string;
  input?: Json;
}

/** Lifecycle commands from HTTP to the campaign's workflow and back. */
@Injectable()
export class CampaignCommands {
  constructor(
    private readonly db: Database,
    private readonly engine: EngineClient,
  ) {}

  /**
   * Stores the command, has it carried out, and waits for its outcome. Who repeats it gets the first one's.
   * @returns what the use case answered
   * @throws DomainError the refusal; `engine_unavailable` when no answer came in time: it may still happen
   */
  async run(scope: Scope, { name, campaignId, commandId, input = {} }: CommandCall): Promise<Json> {
    // The engine reads the command's row: it must be there before it is told.
    if (this.db.isShared) throw new Error('A route with commands says @SeveralSteps()');
    const request = { id: commandId, name, campaignId, input };
    const known = await this.db.inWorkspace(scope, (tx) => beginCommand(tx, request));
    if (known) return unwrap(known);
    // Answered by the row: it has no workflow to go through.
    if (name === 'finish') throw new Error('finish is always answered at once');
    return unwrap(await this.throughEngine(scope, { name, campaignId, commandId }));
  }

  private async throughEngine(scope: Scope, call: CommandCall<LifecycleCommand>): Promise<Outcome<Json>> {
    try {
      await this.engine.command({ workspaceId: scope.workspaceId, ...call });
      const command = await this.db.inWorkspace(scope, (tx) => findCommand(tx, call.commandId));
      if (command?.result) return command.result;
      throw new Error(`The engine has answered ${call.commandId}, and its row has not`);
    } catch (error) {
      if (!(error instanceof EngineClosedError)) throw error;
      const outcome = await this.db.inWorkspace(scope, (tx) => concludeCommand(tx, call.commandId, call.campaignId));
      if (outcome) return outcome;
      throw new DomainError('engine_unavailable', {}, 'The campaign’s workflow is not running');
    }
  }
}

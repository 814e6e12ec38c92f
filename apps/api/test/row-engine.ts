import { runCommand } from '@sevenfold/core/campaigns';
import type { Database } from '@sevenfold/core/db';
import type { CommandAnswer } from '@sevenfold/workflows';
import { EngineClient, EngineClosedError, lazyEngine, type CommandCall } from '@sevenfold/workflow-client';

/** An engine without Temporal: carries commands out at once, can be away, and can have lost a campaign's workflow. */
export class RowEngine extends EngineClient {
  db: Database | undefined;
  away = false;
  closed = false;
  calls = 0;

  constructor() {
    super(lazyEngine({ address: '127.0.0.1:1', namespace: 'none' }), 200);
  }

  override async command(call: CommandCall): Promise<CommandAnswer> {
    this.calls += 1;
    const { db } = this;
    if (this.away || !db) return super.command(call);
    if (this.closed) throw new EngineClosedError('The campaign has ended');
    return db.inWorkspace({ workspaceId: call.workspaceId, actor: { kind: 'system', via: 'engine' } }, (tx) => runCommand(tx, call.commandId));
  }
}

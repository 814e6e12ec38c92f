import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { SystemDatabase } from '@sevenfold/core/system';
import { changeWorkspace, getWorkspace, openWorkspaceOnce } from '@sevenfold/core/workspaces';
import { CurrentScope } from '../auth/decorators.js';
import { Can, ForOperator } from '../auth/route-policy.js';
import { CommandId } from '../idempotency/command-id.js';
import { ApiAbout, ApiMade, ApiOk } from '../openapi/answers.js';
import {
  changeWorkspaceSchema, createdWorkspaceSchema, createWorkspaceSchema, workspaceSchema, type ChangeWorkspace, type CreateWorkspace,
} from './workspaces.schemas.js';

/** Workspaces: one's own settings, and for the operator further ones. */
@Controller('v1')
export class WorkspacesController {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
  ) {}

  @Post('workspaces')
  @ForOperator()
  @ApiAbout('Open a workspace with its first owner and that owner’s token')
  @ApiMade(createdWorkspaceSchema)
  async create(@CurrentScope() { requestId }: Scope, @CommandId() commandId: string, @Body({ schema: createWorkspaceSchema }) body: CreateWorkspace) {
    const { services } = this.db;
    const made = await this.system.transaction((em, now) => openWorkspaceOnce({ em, now, services, requestId }, commandId, body));
    const { workspaceId, ownerId, clientId, token } = made;
    const scope: Scope = { workspaceId, actor: { kind: 'system', via: 'setup' } };
    return { workspace: await this.db.inWorkspace(scope, getWorkspace), ownerId, clientId, token };
  }

  @Get('workspace')
  @Can('workspace.read')
  @ApiAbout('The workspace of the token')
  @ApiOk(workspaceSchema)
  get(@CurrentScope() scope: Scope) {
    return this.db.inWorkspace(scope, getWorkspace);
  }

  @Patch('workspace')
  @Can('workspace.manage')
  @ApiAbout('Change settings of the workspace; what is not named stays')
  @ApiOk(workspaceSchema)
  change(@CurrentScope() scope: Scope, @Body({ schema: changeWorkspaceSchema }) body: ChangeWorkspace) {
    return this.db.inWorkspace(scope, (tx) => changeWorkspace(tx, body));
  }
}

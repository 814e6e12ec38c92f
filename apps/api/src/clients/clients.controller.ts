import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { changeClient, createClient, getClient, listClients } from '@sevenfold/core/workspaces';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiMade, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import {
  changeClientSchema, clientQuery, clientSchema, createClientSchema, type ChangeClient, type ClientQuery, type CreateClient,
} from './clients.schemas.js';

/** The brands a workspace works for. */
@Controller('v1/clients')
export class ClientsController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('client.read')
  @ApiAbout('The clients, newest first')
  @ApiPage(clientSchema)
  list(@CurrentScope() scope: Scope, @Query({ schema: clientQuery }) { archived, ...page }: ClientQuery) {
    return this.db.reading(scope, (tx) => listClients(tx, page, { archived }));
  }

  @Post()
  @Can('client.manage')
  @ApiAbout('Add a client')
  @ApiMade(clientSchema)
  @ApiProblems('conflict')
  create(@CurrentScope() scope: Scope, @Body({ schema: createClientSchema }) body: CreateClient) {
    return this.db.inWorkspace(scope, (tx) => createClient(tx, body));
  }

  @Get(':id')
  @Can('client.read')
  @ApiAbout('One client')
  @ApiOk(clientSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.reading(scope, (tx) => getClient(tx, id));
  }

  @Patch(':id')
  @Can('client.manage')
  @ApiAbout('Rename a client, or put it away')
  @ApiOk(clientSchema)
  @ApiProblems('conflict')
  change(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: changeClientSchema }) body: ChangeClient) {
    return this.db.inWorkspace(scope, (tx) => changeClient(tx, id, body));
  }
}

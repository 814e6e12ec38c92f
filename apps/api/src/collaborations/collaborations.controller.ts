import { Body, Controller, Get, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { addParcel, getCollaboration, listCollaborations, parcelSchema, sendGroupMessage, type ParcelInput } from '@sevenfold/core/collaborations';
import { Database, type Scope } from '@sevenfold/core/db';
import { addressesSheet } from '@sevenfold/core/personal-data';
import type { Response } from 'express';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { pageQuery, type PageQuery } from '../http/page-query.js';
import { CommandId } from '../idempotency/command-id.js';
import { ApiAbout, ApiAccepted, ApiFile, ApiMade, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import {
  collaborationDetailSchema, collaborationSchema, groupMessageAnswerSchema, groupMessageSchema, parcelListSchema, parcelViewSchema,
  type GroupMessage,
} from './collaborations.schemas.js';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The group after the start. */
@Controller('v1')
export class CollaborationsController {
  constructor(private readonly db: Database) {}

  @Get('campaigns/:id/collaborations')
  @Can('collaboration.read')
  @ApiAbout('The group of a campaign, by name')
  @ApiPage(collaborationSchema)
  list(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: pageQuery }) page: PageQuery) {
    return this.db.reading(scope, (tx) => listCollaborations(tx, id, page));
  }

  @Post('campaigns/:id/group-message')
  @Can('broadcast.send')
  @ApiAbout('Write to the whole group', 'Each in their own thread: nobody sees the others.')
  @ApiAccepted(groupMessageAnswerSchema)
  @ApiProblems('wrong_state')
  groupMessage(@CurrentScope() scope: Scope, @Id() id: string, @CommandId() dedupeKey: string, @Body({ schema: groupMessageSchema }) body: GroupMessage) {
    return this.db.inWorkspace(scope, (tx) => sendGroupMessage(tx, { campaignId: id, dedupeKey, ...body }));
  }

  @Get('campaigns/:id/addresses.xlsx')
  @Can('address.read')
  @ApiAbout('The addresses of the group as a spreadsheet')
  @ApiFile(xlsx)
  @ApiProblems('wrong_state')
  async addresses(@CurrentScope() scope: Scope, @Id() id: string, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    const { bytes } = await this.db.inWorkspace(scope, (tx) => addressesSheet(tx, id));
    response.setHeader('Cache-Control', 'private, no-store');
    return new StreamableFile(bytes, { type: xlsx, disposition: 'attachment; filename="addresses.xlsx"', length: bytes.length });
  }

  @Get('collaborations/:id')
  @Can('collaboration.read')
  @ApiAbout('One of the group, with the addresses the team may see')
  @ApiOk(collaborationDetailSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => getCollaboration(tx, id));
  }

  @Get('collaborations/:id/parcels')
  @Can('collaboration.read')
  @ApiAbout('The parcels to one of the group')
  @ApiOk(parcelListSchema)
  async parcels(@CurrentScope() scope: Scope, @Id() id: string) {
    const { parcels } = await this.db.inWorkspace(scope, (tx) => getCollaboration(tx, id));
    return { data: parcels };
  }

  @Post('collaborations/:id/parcels')
  @Can('parcel.write')
  @ApiAbout('Note a parcel with carrier and tracking code')
  @ApiMade(parcelViewSchema)
  addParcel(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: parcelSchema }) body: ParcelInput) {
    return this.db.inWorkspace(scope, (tx) => addParcel(tx, { collaborationId: id, ...body }));
  }
}

import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { archiveSchedule, createSchedule, getSchedule, listSchedules } from '@sevenfold/core/schedules';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { pageQuery, type PageQuery } from '../http/page-query.js';
import { ApiAbout, ApiMade, ApiNothing, ApiOk, ApiPage } from '../openapi/answers.js';
import { createScheduleSchema, workspaceScheduleSchema, type CreateSchedule } from './schedules.schemas.js';

/** A workspace's own schedules. Without one a campaign takes the seven days. */
@Controller('v1/schedules')
export class SchedulesController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('schedule.read')
  @ApiAbout('The schedules in use, by name')
  @ApiPage(workspaceScheduleSchema)
  list(@CurrentScope() scope: Scope, @Query({ schema: pageQuery }) page: PageQuery) {
    return this.db.reading(scope, (tx) => listSchedules(tx, page));
  }

  @Post()
  @Can('schedule.manage')
  @ApiAbout('Keep a schedule', 'It is never changed: archive it and make another one.')
  @ApiMade(workspaceScheduleSchema)
  create(@CurrentScope() scope: Scope, @Body({ schema: createScheduleSchema }) body: CreateSchedule) {
    return this.db.inWorkspace(scope, (tx) => createSchedule(tx, body));
  }

  @Get(':id')
  @Can('schedule.read')
  @ApiAbout('One schedule')
  @ApiOk(workspaceScheduleSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.reading(scope, (tx) => getSchedule(tx, id));
  }

  @Delete(':id')
  @Can('schedule.manage')
  @ApiAbout('Archive a schedule', 'Running campaigns keep their copy; a draft that names it needs another one.')
  @ApiNothing()
  archive(@CurrentScope() scope: Scope, @Id() id: string): Promise<void> {
    return this.db.inWorkspace(scope, (tx) => archiveSchedule(tx, id));
  }
}

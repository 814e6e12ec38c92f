import { Controller, Get, Query } from '@nestjs/common';
import { listAudit } from '@sevenfold/core/audit';
import { Database, type Scope } from '@sevenfold/core/db';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { ApiAbout, ApiPage } from '../openapi/answers.js';
import { auditQuery, auditSchema, type AuditQuery } from './audit.schemas.js';

/** Who did what, and when. */
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('audit.read')
  @ApiAbout('The audit log, newest first')
  @ApiPage(auditSchema)
  list(@CurrentScope() scope: Scope, @Query({ schema: auditQuery }) { cursor, limit, ...filter }: AuditQuery) {
    return this.db.inWorkspace(scope, (tx) => listAudit(tx, { cursor, limit }, filter));
  }
}

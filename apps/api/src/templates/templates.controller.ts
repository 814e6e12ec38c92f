import { Body, Controller, Get, Param, ParseIntPipe, Post, Put, Query } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import {
  getTemplate, getTemplateVersion, listTemplates, listTemplateVersions, previewTemplate, resetTemplate, restoreTemplate, saveTemplate,
} from '@sevenfold/core/templates';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { pageQuery, type PageQuery } from '../http/page-query.js';
import { ApiAbout, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import {
  addressQuery, previewTemplateSchema, resetTemplateSchema, restoreTemplateSchema, saveTemplateSchema, templatePreviewSchema, templateSchema, templateSummarySchema,
  templateVersionSchema, versionsQuery, type AddressQuery, type PreviewTemplate, type ResetTemplate, type RestoreTemplate, type SaveTemplate, type VersionsQuery,
} from './templates.schemas.js';

/** Every text the product writes, in the workspace's own words. */
@Controller('v1/templates')
export class TemplatesController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('template.read')
  @ApiAbout('Every text there is, and where it was edited', 'Messages, documents, and partials that texts include.')
  @ApiPage(templateSummarySchema)
  list(@CurrentScope() scope: Scope, @Query({ schema: pageQuery }) page: PageQuery) {
    return this.db.reading(scope, (tx) => listTemplates(tx, page));
  }

  @Get(':key')
  @Can('template.read')
  @ApiAbout('One text, with its default and its variables', 'What is said for one message comes before the campaign’s text, that before the workspace’s, that before the default.')
  @ApiOk(templateSchema)
  get(@CurrentScope() scope: Scope, @Param('key') key: string, @Query({ schema: addressQuery }) address: AddressQuery) {
    return this.db.inWorkspace(scope, (tx) => getTemplate(tx, { key, ...address }));
  }

  @Put(':key')
  @Can('template.manage')
  @ApiAbout('Save a new version', 'In force at once for what is written from now on. Checked first: variables by name, mistakes by line and column, HTML where escaping is not enough.')
  @ApiOk(templateSchema)
  @ApiProblems('conflict', 'missing_variables', 'template_limit')
  save(@CurrentScope() scope: Scope, @Param('key') key: string, @Body({ schema: saveTemplateSchema }) body: SaveTemplate) {
    return this.db.inWorkspace(scope, (tx) => saveTemplate(tx, { key, ...body }));
  }

  @Get(':key/versions')
  @Can('template.read')
  @ApiAbout('Every version, newest first')
  @ApiPage(templateVersionSchema)
  versions(@CurrentScope() scope: Scope, @Param('key') key: string, @Query({ schema: versionsQuery }) { cursor, limit, ...address }: VersionsQuery) {
    return this.db.reading(scope, (tx) => listTemplateVersions(tx, { key, ...address }, { cursor, limit }));
  }

  @Get(':key/versions/:number')
  @Can('template.read')
  @ApiAbout('One version')
  @ApiOk(templateVersionSchema)
  version(
    @CurrentScope() scope: Scope,
    @Param('key') key: string,
    @Param('number', new ParseIntPipe({ errorHttpStatusCode: 404 })) number: number,
    @Query({ schema: addressQuery }) address: AddressQuery,
  ) {
    return this.db.reading(scope, (tx) => getTemplateVersion(tx, { key, ...address }, number));
  }

  @Post(':key/restore')
  @Can('template.manage')
  @ApiAbout('Bring an old version back', 'As a new one.')
  @ApiOk(templateSchema)
  @ApiProblems('conflict', 'missing_variables', 'template_limit')
  restore(@CurrentScope() scope: Scope, @Param('key') key: string, @Body({ schema: restoreTemplateSchema }) body: RestoreTemplate) {
    return this.db.inWorkspace(scope, (tx) => restoreTemplate(tx, { key, ...body }));
  }

  @Post(':key/reset')
  @Can('template.manage')
  @ApiAbout('Go back to the default', 'Of a campaign’s text: to the workspace’s. The versions stay.')
  @ApiOk(templateSchema)
  @ApiProblems('conflict')
  reset(@CurrentScope() scope: Scope, @Param('key') key: string, @Body({ schema: resetTemplateSchema }) body: ResetTemplate) {
    return this.db.inWorkspace(scope, (tx) => resetTemplate(tx, { key, ...body }));
  }

  @Post(':key/preview')
  @Can('template.read')
  @ApiAbout('The text as one creator would read it', 'With a real campaign and creator, for every channel. Sends and keeps nothing.')
  @ApiOk(templatePreviewSchema)
  @ApiProblems('missing_variables', 'template_limit')
  preview(@CurrentScope() scope: Scope, @Param('key') key: string, @Body({ schema: previewTemplateSchema }) body: PreviewTemplate) {
    return this.db.inWorkspace(scope, (tx) => previewTemplate(tx, { key, ...body }));
  }
}

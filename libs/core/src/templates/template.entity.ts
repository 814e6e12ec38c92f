import { defineEntity, p } from '@mikro-orm/core';
import type { Json } from '@sevenfold/domain/errors';
import { instant, tenantRow } from '../db/columns.js';

/** Where a workspace has said something of its own: one text, in one language, for all campaigns or for one. */
const TemplateSchema = defineEntity({
  name: 'Template',
  tableName: 'template',
  properties: {
    ...tenantRow,
    /** A key of the catalogue, or `partial.` and a name. */
    key: p.text(),
    /** As in BCP 47, lower case: `en`, `de`, `pt-br`. `en` stands for every reader whose language has none. */
    language: p.text(),
    /** For this campaign only. */
    campaignId: p.uuid().nullable(),
    /** The number of the version in force; every save adds one. */
    version: p.integer().default(0),
    updatedAt: instant(),
    /** Why it could not be used the last time, while this version is in force: the default went out in its place. */
    problem: p.json<Record<string, Json>>().nullable(),
  },
  indexes: [{ properties: ['workspaceId', 'key'] }, { properties: ['campaignId'] }],
});
export class Template extends TemplateSchema.class {}
TemplateSchema.setClass(Template);

import { defineEntity, p } from '@mikro-orm/core';
import { tenantRow } from '../db/columns.js';

/** The forms of a text as somebody saved them: those of a message, or `html` and `text` of a partial. */
export type SavedForms = Partial<Record<'subject' | 'text' | 'html' | 'short', string>>;

/** One version of a template. Never changed and never deleted. */
const TemplateVersionSchema = defineEntity({
  name: 'TemplateVersion',
  tableName: 'template_version',
  properties: {
    ...tenantRow,
    templateId: p.uuid(),
    /** 1, 2, 3 … */
    number: p.integer(),
    /** Null: from here on the default again. */
    forms: p.json<SavedForms>().nullable(),
    /** Who saved it; null for the system. */
    memberId: p.uuid().nullable(),
    note: p.text().nullable(),
    /** The version it brought back. */
    restoredFrom: p.integer().nullable(),
  },
  uniques: [{ properties: ['templateId', 'number'] }],
});
export class TemplateVersion extends TemplateVersionSchema.class {}
TemplateVersionSchema.setClass(TemplateVersion);

import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import type { Figure } from './figure.js';

/** A published post of a collaboration with its figures. */
const ResultSchema = defineEntity({
  name: 'Result',
  tableName: 'result',
  properties: {
    ...tenantRow,
    updatedAt: instant(),
    collaborationId: p.uuid(),
    platform: p.text(),
    postUrl: p.text(),
    figures: p.json<Record<string, Figure>>(),
    /** The metrics the creator was asked for, and reminded of; each once. */
    asked: p.json<Record<string, 'asked' | 'reminded'>>(),
    screenshotBlobId: p.uuid().nullable(),
    postedAt: instant().nullable(),
  },
  uniques: [{ properties: ['collaborationId', 'postUrl'] }],
});
export class Result extends ResultSchema.class {}
ResultSchema.setClass(Result);

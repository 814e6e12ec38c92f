import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import type { Actor } from '@sevenfold/domain/actors';
import type { Json } from '@sevenfold/domain/errors';

/** The lasting memory of a lifecycle command: a repeat with the same id is answered from here. */
const CommandSchema = defineEntity({
  name: 'Command',
  tableName: 'command',
  properties: {
    ...tenantRow,
    campaignId: p.uuid(),
    name: p.text(),
    actor: p.json<Actor>(),
    /** What the command carries; Updates travel with the id alone, so no text or person lands in a history. */
    input: p.json<Json>(),
    /** `{ok: true, value}` or a refusal; null while it has not happened. */
    result: p.json<Json>().nullable(),
    doneAt: instant().nullable(),
  },
  indexes: [{ properties: ['campaignId'] }],
});
export class Command extends CommandSchema.class {}
CommandSchema.setClass(Command);

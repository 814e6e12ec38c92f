import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import type { Step } from './steps.js';

export const runStatuses = ['running', 'done', 'stopped'] as const;
/** Why a run ended before its last step. */
export const stopReasons = ['reply', 'application', 'opt_out', 'by_hand', 'missing_variable', 'unreachable', 'campaign_over'] as const;

/** One creator on their way through a sequence, as it was when they were put into it. */
const SequenceRunSchema = defineEntity({
  name: 'SequenceRun',
  tableName: 'sequence_run',
  properties: {
    ...tenantRow,
    sequenceId: p.uuid(),
    creatorId: p.uuid(),
    campaignId: p.uuid().nullable(),
    startedByMemberId: p.uuid().nullable(),
    steps: p.json<Step[]>(),
    status: p.enum(runStatuses).default('running'),
    /** The step that is next, from 0. */
    nextStep: p.integer().default(0),
    nextAt: instant().nullable(),
    sent: p.integer().default(0),
    /** Left out, because their condition did not hold. */
    skipped: p.integer().default(0),
    /** What the last step that was sent became. */
    lastMessageId: p.uuid().nullable(),
    stopReason: p.enum(stopReasons).nullable(),
    endedAt: instant().nullable(),
  },
  indexes: [{ properties: ['workspaceId', 'createdAt'] }, { properties: ['sequenceId', 'status'] }, { properties: ['creatorId', 'status'] }],
});
export class SequenceRun extends SequenceRunSchema.class {}
SequenceRunSchema.setClass(SequenceRun);

import { runStatuses, sequenceSchema, stepSchema, stopReasons } from '@sevenfold/core/sequences';
import { z } from 'zod';
import { instant } from '../http/fields.js';
import { pageQuery, queryFlag } from '../http/page-query.js';

export const newSequenceSchema = sequenceSchema.meta({ id: 'NewSequence' });
export const changeSequenceSchema = sequenceSchema
  .partial()
  .extend({ version: z.int().min(1).meta({ description: 'The version the change began from; 409 when somebody else was faster' }) })
  .meta({ id: 'ChangeSequence' });
export type ChangeSequence = z.infer<typeof changeSequenceSchema>;

export const sequenceViewSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    steps: z.array(stepSchema),
    version: z.int(),
    createdAt: instant,
    archivedAt: instant.nullable(),
    runs: z.object({ running: z.int(), done: z.int(), stopped: z.int() }),
  })
  .meta({ id: 'Sequence' });

export const sequenceQuery = pageQuery.extend({ archived: queryFlag.optional() });
export type SequenceQuery = z.infer<typeof sequenceQuery>;

export const startRunsSchema = z
  .strictObject({ creatorIds: z.array(z.uuid()).min(1).max(500), campaignId: z.uuid().nullable().default(null) })
  .meta({ id: 'StartSequence' });
export type StartRuns = z.infer<typeof startRunsSchema>;
export const startedRunsSchema = z
  .object({
    started: z.array(z.object({ runId: z.uuid(), creatorId: z.uuid() })),
    skipped: z.array(z.object({ creatorId: z.uuid(), reason: z.enum(['running', 'not_found']) })),
  })
  .meta({ id: 'StartedSequence' });

export const stoppedRunsSchema = z.object({ stopped: z.int().meta({ description: 'How many runs were ended' }) }).meta({ id: 'StoppedSequence' });

export const runQuery = pageQuery.extend({ sequenceId: z.uuid().optional(), creatorId: z.uuid().optional(), status: z.enum(runStatuses).optional() });
export type RunQuery = z.infer<typeof runQuery>;
export const runSchema = z
  .object({
    id: z.uuid(),
    sequenceId: z.uuid(),
    creator: z.object({ id: z.uuid(), name: z.string() }),
    campaignId: z.uuid().nullable(),
    status: z.enum(runStatuses),
    stopReason: z.enum(stopReasons).nullable(),
    steps: z.int(),
    sent: z.int().meta({ description: 'Steps sent; what was taken back before it left is not among them' }),
    skipped: z.int().meta({ description: 'Steps left out because their condition did not hold' }),
    nextAt: instant.nullable(),
    startedAt: instant,
    endedAt: instant.nullable(),
  })
  .meta({ id: 'SequenceRun' });

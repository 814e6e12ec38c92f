import { z } from 'zod';
import { instant, name } from '../http/fields.js';
import { pageQuery, queryFlag } from '../http/page-query.js';

export const clientSchema = z
  .object({ id: z.uuid(), name: z.string(), createdAt: instant, archivedAt: instant.nullable() })
  .meta({ id: 'Client', description: 'A brand the workspace works for' });

export const createClientSchema = z.strictObject({ name }).meta({ id: 'CreateClient' });
export type CreateClient = z.infer<typeof createClientSchema>;

export const changeClientSchema = z
  .strictObject({ name, archived: z.boolean().meta({ description: 'Not offered for new campaigns any more' }) })
  .partial()
  .meta({ id: 'ChangeClient' });
export type ChangeClient = z.infer<typeof changeClientSchema>;

export const clientQuery = pageQuery.extend({ archived: queryFlag.optional() });
export type ClientQuery = z.infer<typeof clientQuery>;

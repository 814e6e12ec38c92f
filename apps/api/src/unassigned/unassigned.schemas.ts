import { trayStatuses } from '@sevenfold/core/inbox';
import { z } from 'zod';
import { instant, name } from '../http/fields.js';
import { pageQuery } from '../http/page-query.js';

const person = z.object({ id: z.uuid(), name: z.string() });
const status = z.enum(trayStatuses);

export const unassignedSchema = z
  .object({
    id: z.uuid(),
    channel: z.string(),
    from: z.string().nullable().meta({ description: 'The address it is from' }),
    to: z.string().meta({ description: 'Our address it came to' }),
    subject: z.string().nullable(),
    text: z.string(),
    files: z.array(z.object({ filename: z.string().nullable(), contentType: z.string(), size: z.int() })),
    receivedAt: instant,
    reason: z.string().meta({ examples: ['unknown_sender', 'several_creators', 'too_large'] }),
    candidates: z.array(person).meta({ description: 'Creators it may be from' }),
    status,
    doneAt: instant.nullable(),
    doneBy: person.nullable(),
    messageId: z.uuid().nullable().meta({ description: 'What it became' }),
  })
  .meta({ id: 'Unassigned', description: 'A message that came in and belongs to no creator yet' });

export const unassignedQuery = pageQuery.extend({ status: status.default('open') });
export type UnassignedQuery = z.infer<typeof unassignedQuery>;

export const assignSchema = z
  .strictObject({
    creatorId: z.uuid(),
    rememberAddress: z.boolean().optional().meta({ description: 'Add the address it is from to the creator’s, so that the next one finds them' }),
  })
  .meta({ id: 'AssignMessage' });
export type Assign = z.infer<typeof assignSchema>;

export const createFromSchema = z.strictObject({ name }).meta({ id: 'CreateCreatorFromMessage' });
export type CreateFrom = z.infer<typeof createFromSchema>;

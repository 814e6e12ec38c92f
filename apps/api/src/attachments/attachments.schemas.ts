import { attachmentRoles, attachmentStatuses } from '@sevenfold/core/inbox';
import { z } from 'zod';

export const attachmentSchema = z
  .object({
    id: z.uuid(),
    role: z.enum(attachmentRoles).meta({ description: '`inline`: shown inside the text; `source`: the message as it came' }),
    status: z.enum(attachmentStatuses).meta({ description: '`waiting`: on its way from the provider' }),
    filename: z.string(),
    contentType: z.string(),
    size: z.int().nullable().meta({ description: 'Bytes; null until they are here' }),
    contentId: z.string().nullable().meta({ description: 'What `cid:` in the HTML of a mail calls it' }),
    reason: z.string().nullable().meta({ description: 'Why it could not be had' }),
  })
  .meta({ id: 'Attachment' });

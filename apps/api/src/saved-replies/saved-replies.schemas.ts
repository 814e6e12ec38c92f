import { z } from 'zod';
import { instant } from '../http/fields.js';

const fields = {
  name: z.string().trim().min(1).max(200),
  text: z.string().trim().min(1).max(10_000).meta({ description: 'Handlebars: {{creator.firstName}}, {{campaign.name}}, {{member.name}}, …' }),
  subject: z.string().trim().min(1).max(200).nullable(),
};
export const newSavedReplySchema = z.strictObject({ ...fields, subject: fields.subject.default(null) }).meta({ id: 'NewSavedReply' });
export type NewSavedReply = z.infer<typeof newSavedReplySchema>;
export const changeSavedReplySchema = z
  .strictObject({
    name: fields.name.optional(),
    text: fields.text.optional(),
    subject: fields.subject.optional(),
    version: z.int().min(1).meta({ description: 'The version the change began from; 409 when somebody else was faster' }),
  })
  .meta({ id: 'ChangeSavedReply' });
export type ChangeSavedReply = z.infer<typeof changeSavedReplySchema>;
export const savedReplySchema = z
  .object({ id: z.uuid(), ...fields, version: z.int(), updatedAt: instant })
  .meta({ id: 'SavedReply' });
export const savedRepliesSchema = z.object({ data: z.array(savedReplySchema) }).meta({ id: 'SavedReplies' });
export const fillQuery = z.strictObject({ threadId: z.uuid(), campaignId: z.uuid().optional().meta({ description: 'Unless told, the one the thread was last about' }) });
export type FillQuery = z.infer<typeof fillQuery>;
export const filledReplySchema = z.object({ text: z.string(), subject: z.string().nullable() }).meta({ id: 'FilledReply' });

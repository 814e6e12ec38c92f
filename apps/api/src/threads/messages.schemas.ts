import { z } from 'zod';

export const changeMessageSchema = z.strictObject({ campaignId: z.uuid().nullable() }).meta({ id: 'ChangeMessage' });
export type ChangeMessage = z.infer<typeof changeMessageSchema>;

export const moveMessageSchema = z
  .strictObject({
    creatorId: z.uuid().meta({ description: 'Whose message it really is' }),
    campaignId: z.uuid().nullable().optional().meta({ description: 'Unless told, the campaign of the last message to that creator' }),
  })
  .meta({ id: 'MoveMessage' });
export type MoveMessage = z.infer<typeof moveMessageSchema>;

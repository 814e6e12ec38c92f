import { noticeKinds } from '@sevenfold/domain/notices';
import { z } from 'zod';

const posted = z.strictObject({ channel: z.string().min(1).max(100), ts: z.string().regex(/^\d+\.\d+$/, 'Pass the ts Slack answered') });

export const botNoticeSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(noticeKinds),
    channelId: z.string().nullable(),
    text: z.string(),
    link: z.string().nullable(),
    posted: posted.nullable(),
  })
  .meta({ id: 'BotNotice' });

export const postedSchema = posted.meta({ id: 'PostedNotice', description: 'Where in Slack a notice stands' });
export type Posted = z.infer<typeof postedSchema>;

import { z } from 'zod';

const stamp = z.union([z.string().regex(/^\d{1,12}$/), z.number().int().nonnegative()]);
const digits = z.string().regex(/^\d{5,20}$/);
const file = z.object({ id: z.string().regex(/^\d{1,40}$/), mime_type: z.string().min(1), caption: z.string().optional(), filename: z.string().optional() });

const message = z
  .object({
    id: z.string().min(1), from: digits, timestamp: stamp,
    context: z.object({ id: z.string().min(1).optional() }).optional(),
    text: z.object({ body: z.string() }).optional(),
    button: z.object({ text: z.string() }).optional(),
    image: file.optional(), video: file.optional(), audio: file.optional(), document: file.optional(), sticker: file.optional(),
  })
  .transform(({ image, video, audio, document, sticker, ...rest }) => ({ ...rest, media: image ?? video ?? audio ?? document ?? sticker }))
  // Reactions, locations and whatever comes next say nothing that fits into a thread.
  .refine(({ text, button, media }) => text ?? button ?? media);

const status = z.object({
  id: z.string().min(1), status: z.enum(['accepted', 'sent', 'delivered', 'read', 'failed']), timestamp: stamp, recipient_id: digits,
  errors: z.array(z.object({ code: z.number() })).optional(),
  biz_opaque_callback_data: z.string().min(1).optional(),
});

const preference = z.object({ wa_id: digits, category: z.literal('marketing_messages'), value: z.enum(['stop', 'resume']), timestamp: stamp });

/** A message of a creator. */
export type WhatsAppMessage = z.output<typeof message>;
/** A report on a message of ours. */
export type WhatsAppStatus = z.output<typeof status>;
/** What a creator chose in WhatsApp's own settings. */
export type WhatsAppPreference = z.output<typeof preference>;

/** What happened at one number. */
export interface Change {
  readonly phoneNumberId: string;
  readonly messages: WhatsAppMessage[];
  readonly statuses: WhatsAppStatus[];
  readonly preferences: WhatsAppPreference[];
}

// Each item is read by itself: one that Meta invented yesterday does not lose the others.
const list = z.array(z.unknown()).default([]);
const body = z.object({
  entry: z.array(z.object({
    changes: z.array(z.object({
      value: z.object({ metadata: z.object({ phone_number_id: z.string() }), messages: list, statuses: list, user_preferences: list }),
    })),
  })),
});

/** The changes in a webhook's body: none when it is about something else, undefined when it is no JSON. */
export function changesOf(text: string): Change[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = body.safeParse(json);
  if (!parsed.success) return [];
  return parsed.data.entry.flatMap((entry) => entry.changes).map(({ value }) => ({
    phoneNumberId: value.metadata.phone_number_id,
    messages: known(message, value.messages),
    statuses: known(status, value.statuses),
    preferences: known(preference, value.user_preferences),
  }));
}

function known<T>(schema: z.ZodType<T>, items: readonly unknown[]): T[] {
  return items.map((item) => schema.safeParse(item)).flatMap((result) => (result.success ? [result.data] : []));
}

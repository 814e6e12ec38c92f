import type { InboundEvent } from '@sevenfold/plugin-sdk';
import { z } from 'zod';

const base = {
  providerKey: z.string(),
  providerId: z.string().optional(),
  at: z.coerce.date(),
};

/** An inbound event as it is kept in the raw item's row. */
const storedEvent = z.discriminatedUnion('kind', [
  z.object({
    ...base, kind: z.literal('message'), from: z.string(), to: z.string(), text: z.string(),
    attachments: z.array(z.object({ url: z.string(), contentType: z.string() })).optional(),
  }),
  z.object({
    ...base, kind: z.literal('status'), from: z.string().optional(), to: z.string().optional(), messageId: z.string().optional(),
    status: z.enum(['sent', 'delivered', 'failed', 'read']), code: z.string().optional(),
  }),
  z.object({ ...base, kind: z.enum(['opt-out', 'opt-in']), from: z.string(), to: z.string(), text: z.string() }),
]);

/** @throws ZodError when the row holds something else, which is a fault of ours */
export function readStoredEvent(value: unknown): InboundEvent {
  return storedEvent.parse(value);
}

import type { InboundEvent, InboundMessage } from '@sevenfold/plugin-sdk';
import { z } from 'zod';
import type { Part } from '../attachments/parts.js';

const base = {
  providerKey: z.string(),
  providerId: z.string().optional(),
  at: z.coerce.date(),
};

/** An inbound event as it is kept in the raw item's row. */
const storedEvent = z.discriminatedUnion('kind', [
  z.object({
    ...base, kind: z.literal('message'), from: z.string(), to: z.string(), text: z.string(), subject: z.string().optional(),
    html: z.string().optional(), envelopeTo: z.string().optional(), references: z.array(z.string()).optional(),
    answers: z.array(z.string()).optional(), automatic: z.boolean().optional(), copyKey: z.string().optional(), problem: z.string().optional(),
    attachments: z.array(z.object({ url: z.string(), contentType: z.string() })).optional(),
    autoReply: z.string().optional(),
  }),
  z.object({
    ...base, kind: z.literal('status'), from: z.string().optional(), to: z.string().optional(), messageId: z.string().optional(),
    status: z.enum(['sent', 'delivered', 'failed', 'read', 'delayed']), code: z.string().optional(),
  }),
  z.object({ ...base, kind: z.enum(['opt-out', 'opt-in']), from: z.string(), to: z.string(), sender: z.string().optional(), text: z.string() }),
]);

/** @throws ZodError when the row holds something else, which is a fault of ours */
export function readStoredEvent(value: unknown): InboundEvent {
  return storedEvent.parse(value);
}

/** An event apart from its bytes, which are kept beside it. */
export function splitEvent(event: InboundEvent): { event: object; parts: Part[] } {
  if (event.kind === 'message') {
    const { raw, attachments = [], ...words } = event;
    const linked = attachments.flatMap((each) => ('url' in each ? [each] : []));
    const files = attachments.flatMap((each): Part[] =>
      'url' in each ? [] : [{ ...each, role: each.contentId === undefined ? 'attachment' : 'inline' }],
    );
    return { event: { ...words, ...(linked.length > 0 && { attachments: linked }) }, parts: [...sourceOf(raw), ...files] };
  }
  if (event.kind === 'status') {
    const { raw, ...words } = event;
    return { event: words, parts: sourceOf(raw) };
  }
  return { event, parts: [] };
}

const sourceOf = (raw: InboundMessage['raw']): Part[] => (raw ? [{ role: 'source', ...raw }] : []);

import type { OutboundAttachment, OutboundMessage } from '@sevenfold/plugin-sdk';
import { normaliseNumber } from './normalise-number.js';

/** A message as WhatsApp wants it, once its file, if any, is uploaded; or the word for what is wrong with it. */
export type Composed = { readonly file?: OutboundAttachment; body(mediaId?: string): object } | { readonly problem: string };

const LONGEST_TEXT = 4_096;
const LONGEST_CAPTION = 1_024;

/** Reads a message for WhatsApp: one text, or one file with a caption. */
export function compose(message: OutboundMessage): Composed {
  const to = normaliseNumber(message.to);
  if (!to.ok) return { problem: 'invalid_address' };
  const files = message.attachments ?? [];
  const [file] = files;
  if (files.length > 1) return { problem: 'too_many_files' };
  if (file === undefined && message.text.trim() === '') return { problem: 'empty' };
  if (message.text.length > (file === undefined ? LONGEST_TEXT : LONGEST_CAPTION)) return { problem: 'too_long' };
  const base = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: to.address.slice(1),
    // Comes back with every status: that is how a message whose answer was lost is known again.
    biz_opaque_callback_data: message.id,
    ...(message.inReplyTo !== undefined && { context: { message_id: message.inReplyTo } }),
  };
  if (file === undefined) return { body: () => ({ ...base, type: 'text', text: { body: message.text, preview_url: true } }) };
  const type = kindOf(file.contentType);
  const named = type === 'document' ? { filename: file.filename } : {};
  return { file, body: (id) => ({ ...base, type, [type]: { id, caption: message.text, ...named } }) };
}

function kindOf(contentType: string): 'image' | 'video' | 'document' {
  if (contentType === 'image/png' || contentType === 'image/jpeg') return 'image';
  return contentType === 'video/mp4' ? 'video' : 'document';
}

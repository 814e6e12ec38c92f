import { createHash } from 'node:crypto';

/**
 * The key of a mail, the same however often and on whatever way it is delivered: its Message-ID and the hash of what no
 * server on the way changes. Two mails that only share a Message-ID have different ones.
 */
export function mailKey(source: Uint8Array, messageId: string | undefined): string {
  const text = Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString('latin1').replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  const head = (end === -1 ? text : text.slice(0, end)).slice(0, 1 << 20).replaceAll(/\n[ \t]+/g, ' ');
  const kept = ['from', 'to', 'subject', 'date', 'message-id', 'in-reply-to'].map((name) => new RegExp(`^${name}:(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '');
  const body = end === -1 ? '' : text.slice(end).trim();
  const hash = createHash('sha256').update(JSON.stringify([messageId ?? '', ...kept])).update(body, 'latin1').digest('hex');
  return `mail:${hash}`;
}

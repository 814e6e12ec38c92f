import { createHash } from 'node:crypto';
import type { ParsedMail } from './parse-mail.js';

/**
 * The key of a mail, the same however often and on whatever way it is delivered: its Message-ID, its sender and what it says. Not
 * its bytes: servers on the way put headers on top and encode anew, and a sender who tries again may write other boundaries and
 * another date around the same words. Two mails that only share a Message-ID have different keys.
 */
export function keyOfMail(mail: ParsedMail, source: Uint8Array): string {
  if (mail.messageId === undefined) return keyOfSource(source);
  const hash = createHash('sha256');
  hash.update(JSON.stringify([mail.messageId, mail.from.toLowerCase(), mail.subject, tidy(mail.text), tidy(mail.html ?? '')]));
  for (const { filename, contentType, content } of mail.parts) {
    hash.update(JSON.stringify([filename ?? '', contentType, createHash('sha256').update(content).digest('hex')]));
  }
  return `mail:${hash.digest('hex')}`;
}

/** Of a mail that cannot be read, or that names itself by no Message-ID: what servers on the way usually leave as it is. */
export function keyOfSource(source: Uint8Array): string {
  const text = Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString('latin1').replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  const head = (end === -1 ? text : text.slice(0, end)).slice(0, 1 << 20).replaceAll(/\n[ \t]+/g, ' ');
  const kept = ['from', 'to', 'subject', 'date', 'message-id', 'in-reply-to'].map((name) => new RegExp(`^${name}:(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '');
  const body = end === -1 ? '' : text.slice(end).trim();
  return `mail:${createHash('sha256').update(JSON.stringify(kept)).update(body, 'latin1').digest('hex')}`;
}

/** Line by line, because a pattern for the ends of lines takes for ever on a megabyte of blanks. */
const tidy = (text: string): string => text.split('\n').map((line) => line.trimEnd()).join('\n').trim();

import type { InboundEvent, InboundMessage } from '@sevenfold/plugin-sdk';
import { messageOfBounce } from '../bounce-address.js';
import type { EmailConfig } from '../config.js';
import { isAutomatic } from './automatic.js';
import { readBounce, wordsOf } from './bounce/read-bounce.js';
import { complaintOf } from './complaint.js';
import { keyOfMail, keyOfSource } from './mail-key.js';
import { ourIdsIn } from './our-ids.js';
import { isReplyAddress } from './our-addresses.js';
import { type ParsedMail, parseMail } from './parse-mail.js';

/** How a mail came. */
export interface Envelope {
  /** '' for the null sender; undefined when nobody says. */
  from: string | undefined;
  /** Who it was really for; empty when nobody says. */
  to: readonly string[];
}

const contentType = 'message/rfc822';

/**
 * What a mail means: somebody's words, a server's word on a mail of ours, or something to be looked at by a person. Never
 * nothing and never an error: whatever it is, it is kept with its source.
 */
export async function eventsOf(source: Uint8Array, envelope: Envelope, config: EmailConfig, at: Date): Promise<InboundEvent[]> {
  const read = await parseMail(source);
  const raw = { contentType, content: source };
  if ('problem' in read) {
    const providerKey = keyOfSource(source);
    return [{ kind: 'message', providerKey, at, raw, from: envelope.from ?? '', to: envelope.to[0] ?? '', text: '', problem: read.problem }];
  }
  const { mail } = read;
  const key = keyOfMail(mail, source);
  const complaint = complaintOf(mail, domainOf(config.MAIL_FROM.address));
  if (complaint !== undefined) {
    return [{ kind: 'opt-out', providerKey: key, at, from: complaint, to: config.MAIL_FROM.address, text: 'complaint' }];
  }
  const verdict = readBounce(mail, envelope.from === '');
  const messageId = verdict && whoseBounce(mail, envelope, config);
  if (verdict && messageId !== undefined) {
    return [{ kind: 'status', providerKey: `${key}:${messageId}`, at, raw, messageId, status: verdict.status, ...(verdict.code !== undefined && { code: verdict.code }) }];
  }
  return messagesOf(mail, envelope, config).map((message) => ({ ...message, at, raw, copyKey: key, providerKey: keyAt(key, message.envelopeTo) }));
}

/** Copies to several threads are several messages; the same copy is one however often it comes. */
const keyAt = (key: string, envelopeTo: string | undefined): string => (envelopeTo === undefined ? key : `${key}:${envelopeTo.toLowerCase()}`);

/** By the address the server sent it to, else by the Message-ID it names. */
function whoseBounce(mail: ParsedMail, { to }: Envelope, config: EmailConfig): string | undefined {
  const domain = domainOf(config.MAIL_FROM.address);
  return to.map((each) => messageOfBounce(config, each)).find((id) => id !== undefined) ?? ourIdsIn(wordsOf(mail), domain)[0];
}

function messagesOf(mail: ParsedMail, envelope: Envelope, config: EmailConfig): Omit<InboundMessage, 'at' | 'raw' | 'copyKey' | 'providerKey'>[] {
  const answers = ourIdsIn(mail.references.join(' '), domainOf(config.MAIL_FROM.address));
  const automatic = isAutomatic(mail, envelope.from) || mail.from.toLowerCase() === config.MAIL_FROM.address.toLowerCase();
  const base = {
    kind: 'message' as const,
    from: mail.from === '' ? (envelope.from ?? '') : mail.from,
    to: envelope.to[0] ?? mail.to,
    text: mail.text,
    ...(mail.subject !== '' && { subject: mail.subject }),
    ...(mail.html !== undefined && { html: mail.html }),
    ...(mail.messageId !== undefined && { providerId: mail.messageId }),
    ...(mail.references.length > 0 && { references: mail.references }),
    ...(answers.length > 0 && { answers }),
    ...(automatic && { automatic: true }),
    ...(mail.parts.length > 0 && { attachments: mail.parts.map(fileOf) }),
  };
  const signed = [...new Set(envelope.to.filter((each) => isReplyAddress(config, each)))];
  return signed.length === 0 ? [base] : signed.map((envelopeTo) => ({ ...base, to: envelopeTo, envelopeTo }));
}

function fileOf({ filename, contentType: type, content, contentId }: ParsedMail['parts'][number]) {
  return { contentType: type, content, ...(filename !== undefined && { filename }), ...(contentId !== undefined && { contentId }) };
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

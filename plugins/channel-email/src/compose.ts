import type { OutboundMessage } from '@sevenfold/plugin-sdk';
import type { SendMailOptions } from 'nodemailer';
import { bounceAddressFor } from './bounce-address.js';
import type { EmailConfig } from './config.js';
import { normaliseMailAddress } from './normalise-address.js';

/** What a message became, or the word for what is wrong with it. */
export type Composed = { readonly mail: SendMailOptions } | { readonly problem: string };

// Headers this module decides on; a caller's version of them would be a second sender, subject or body.
const OURS = /^(?:from|sender|to|cc|bcc|subject|date|reply-to|message-id|in-reply-to|references|mime-version|return-path|received|content-.*|list-unsubscribe(?:-post)?|auto-submitted|dkim-signature)$/i;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,60}$/;

/** One line: whatever a person typed, it cannot begin a header of its own. */
// eslint-disable-next-line no-control-regex
const oneLine = (value: string): string => value.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();

/** A member's own address, in place of the configured one. */
export interface OwnSender {
  readonly address: string;
  readonly name?: string;
}

/**
 * Turns a message into a mail: own envelope, own Message-ID, one recipient, no way to smuggle in a header.
 * @param own bounces go there as well: servers take mail from nobody else. The Message-ID stays of our domain, by which answers are known
 */
export function compose(message: OutboundMessage, config: EmailConfig, own?: OwnSender): Composed {
  const to = normaliseMailAddress(message.to);
  if (!to.ok) return { problem: 'invalid_address' };
  const replyTo = message.replyTo === undefined ? undefined : normaliseMailAddress(message.replyTo);
  if (replyTo?.ok === false) return { problem: 'invalid_reply_to' };
  const headers = headersOf(message);
  if (headers === undefined) return { problem: 'invalid_header' };
  const sender = config.MAIL_FROM;
  return {
    mail: {
      messageId: messageIdOf(message.id, sender.address),
      from: own ? { name: oneLine(own.name ?? ''), address: own.address } : { name: oneLine(message.from ?? sender.name ?? ''), address: sender.address },
      to: { name: '', address: to.address },
      replyTo: replyTo === undefined ? undefined : { name: '', address: replyTo.address },
      envelope: { from: own?.address ?? bounceAddressFor(config, message.id), to: [to.address] },
      subject: oneLine(message.subject ?? ''),
      text: message.text,
      html: message.html,
      inReplyTo: messageReference(message.inReplyTo),
      references: [...(message.references ?? []), message.inReplyTo].map(messageReference).filter((each, at, all) => each !== undefined && all.indexOf(each) === at).join(' '),
      headers,
      attachments: message.attachments?.map((file) => ({
        filename: oneLine(file.filename),
        contentType: oneLine(file.contentType),
        content: Buffer.from(file.content),
      })),
      xMailer: false,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
  };
}

/** The same for every attempt at one message and different for every message: replies find their thread by it. */
export function messageIdOf(id: string, senderAddress: string): string {
  const domain = senderAddress.slice(senderAddress.lastIndexOf('@') + 1);
  return `<${id.replace(/[^A-Za-z0-9._-]/g, '')}@${domain}>`;
}

const messageReference = (id: string | undefined): string | undefined =>
  id !== undefined && /^<[^<>\s]{1,300}>$/.test(id) ? id : undefined;

function headersOf(message: OutboundMessage): Record<string, string | { prepared: boolean; value: string }> | undefined {
  const extra = Object.entries(message.headers ?? {});
  if (extra.some(([name]) => !HEADER_NAME.test(name) || OURS.test(name))) return undefined;
  return {
    ...Object.fromEntries(extra.map(([name, value]) => [name, oneLine(value)])),
    ...(message.automatic === true && { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }),
    ...unsubscribeHeaders(message.unsubscribeUrl),
  };
}

// Prepared, because a folded List-Unsubscribe breaks signatures made later on the way; the URL parser lets no line break through.
function unsubscribeHeaders(link: string | undefined): Record<string, { prepared: boolean; value: string }> {
  const url = link === undefined ? null : URL.parse(link);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return {};
  return {
    'List-Unsubscribe': { prepared: true, value: `<${url.href}>` },
    'List-Unsubscribe-Post': { prepared: true, value: 'List-Unsubscribe=One-Click' },
  };
}

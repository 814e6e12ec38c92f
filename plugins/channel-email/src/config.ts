import { z } from 'zod';
import { normaliseMailAddress } from './normalise-address.js';

const smtpUrl = z.string().refine((value) => {
  const url = URL.parse(value);
  return url !== null && (url.protocol === 'smtp:' || url.protocol === 'smtps:') && url.hostname !== '';
}, 'expected smtp://user:password@host:port or smtps://…');

const mailbox = z.string().transform((value, context) => {
  const named = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(value);
  const normalised = normaliseMailAddress(named?.[2] ?? value);
  if (!normalised.ok) {
    context.addIssue({ code: 'custom', message: 'expected an address, or Name <address>' });
    return z.NEVER;
  }
  const name = named?.[1]?.replace(/^"|"$/g, '');
  return { name: name === '' ? undefined : name, address: normalised.address };
});

/** The variables of this plugin; the sender's address is the whole product's, its name can vary per message. */
export const configSchema = z.object({
  SMTP_URL: smtpUrl.describe('The mail server; smtps:// for TLS from the first byte.'),
  MAIL_FROM: mailbox.describe('Who mail comes from: an address, or Name <address>.'),
  MAIL_BOUNCE_ADDRESS: mailbox.optional().describe('Where bounces go; the address of MAIL_FROM unless set.'),
  SMTP_CONNECTIONS: z.coerce.number().int().min(1).max(200).default(20).describe('Connections to the mail server per process.'),
  SMTP_TIMEOUT_MS: z.coerce.number().int().min(100).default(60_000).describe('How long a silent server is waited for, in milliseconds.'),
});

/** The parsed configuration. */
export type EmailConfig = z.output<typeof configSchema>;

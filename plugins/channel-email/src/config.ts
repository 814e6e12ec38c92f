import { z } from 'zod';
import { imapUrl, isOn, mailbox, pem, replyMailbox, rsaKey, smtpUrl, words } from './config-parts.js';

/** The variables of this plugin; the sender's address is the whole product's, its name can vary per message. */
export const configSchema = z
  .object({
    SMTP_URL: smtpUrl.describe('The mail server; smtps:// for TLS from the first byte.'),
    MAIL_FROM: mailbox.describe('Who mail comes from: an address, or Name <address>.'),
    SMTP_CONNECTIONS: z.coerce.number().int().min(1).max(200).default(20).describe('Connections to the mail server per process.'),
    SMTP_RATE_PER_SECOND: z.coerce.number().positive().optional().describe('Mails per second the mail server allows, over all processes; no limit unless set.'),
    SMTP_TIMEOUT_MS: z.coerce.number().int().min(100).default(60_000).describe('How long a silent server is waited for, in milliseconds.'),
    SMTP_TLS: z.enum(['offered', 'required']).default('offered').describe('offered: smtp:// is encrypted when the server offers it. required: otherwise nothing is sent.'),
    SMTP_TLS_CA: pem.optional().describe('The authority the mail servers’ certificates come from, if it is one of your own: PEM, line breaks may be written \\n.'),
    MAIL_DKIM_KEY: rsaKey.optional().describe('Signs every mail (DKIM): an RSA private key as PEM, line breaks may be written \\n. A secret.'),
    MAIL_DKIM_SELECTOR: z.string().regex(/^[A-Za-z0-9._-]{1,63}$/, 'expected letters, digits, dots or dashes').optional().describe('The name the public key is found by in the DNS: SELECTOR._domainkey.DOMAIN.'),
    MAIL_DKIM_DOMAIN: z.hostname().optional().describe('The domain that signs; that of MAIL_FROM unless set.'),
    MAIL_BOUNCE_ADDRESS: mailbox.optional().describe('Where bounces go; the address of MAIL_FROM unless set.'),
    MAIL_BOUNCE_PER_MESSAGE: isOn.describe('on: bounces of each message go to an address of their own, name+ID@domain, so that every bounce tells whose it is. The mailbox must take such addresses.'),
    MAIL_REPLY_ADDRESS: replyMailbox.optional().describe('Where answers go: name@domain makes name+KEY@domain for each thread, @domain makes KEY@domain. Without it they go to MAIL_FROM.'),
    MAIL_IN_LISTEN: z.string().regex(/^(?:[\w.:[\]-]+:)?\d{1,5}$/, 'expected a port, or host:port').optional().describe('Where the worker listens for mail (SMTP): a port, or host:port.'),
    MAIL_IN_NAME: z.hostname().optional().describe('The name the listener greets with; that of the machine unless set.'),
    MAIL_IN_DOMAINS: words.describe('Domains whose every address is taken by the listener, between commas; the addresses named above are always.'),
    MAIL_IN_TLS_CERT: pem.optional().describe('The certificate the listener offers STARTTLS by: PEM with the chain.'),
    MAIL_IN_TLS_KEY: pem.optional().describe('Its private key. A secret.'),
    MAIL_IN_MAX_BYTES: z.coerce.number().int().min(10_000).max(25 * 1024 * 1024).default(25 * 1024 * 1024).describe('The largest mail that is taken, in bytes.'),
    MAIL_IN_CONNECTIONS: z.coerce.number().int().min(1).max(1_000).default(50).describe('Connections the listener holds at once.'),
    IMAP_URL: imapUrl.optional().describe('A mailbox that is read: imaps://user:password@host:993/INBOX. It is only read, nothing in it is changed. A secret.'),
    IMAP_POLL_MS: z.coerce.number().int().min(100).default(60_000).describe('How often the mailbox is looked into even if the server announces nothing, in milliseconds.'),
    IMAP_FIRST_DAYS: z.coerce.number().int().min(0).max(3_650).default(7).describe('How far back a mailbox is read the first time, in days.'),
    IMAP_ENVELOPE_HEADERS: words.prefault('Delivered-To,X-Original-To,Envelope-To').describe('The headers by which your mail server says who a mail was really for. Only those it put above all others are believed.'),
    MAILBOX_RATE_PER_SECOND: z.coerce.number().positive().max(100).default(1).describe('Mails per second that leave by one member’s own mailbox, over all processes.'),
  })
  .superRefine((config, context) => {
    const together = (one: 'MAIL_DKIM_KEY' | 'MAIL_IN_TLS_CERT', other: 'MAIL_DKIM_SELECTOR' | 'MAIL_IN_TLS_KEY'): void => {
      if ((config[one] === undefined) === (config[other] === undefined)) return;
      context.addIssue({ code: 'custom', path: [config[one] === undefined ? one : other], message: `belongs to ${config[one] === undefined ? other : one}` });
    };
    together('MAIL_DKIM_KEY', 'MAIL_DKIM_SELECTOR');
    together('MAIL_IN_TLS_CERT', 'MAIL_IN_TLS_KEY');
  });

/** The parsed configuration. */
export type EmailConfig = z.output<typeof configSchema>;

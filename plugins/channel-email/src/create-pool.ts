import { createTransport, type Transporter } from 'nodemailer';
import type { EmailConfig } from './config.js';
import type { HandOver } from './outcome-of.js';
import { signerOf } from './sign.js';
import { tracking } from './tracking.js';

/** A pool of SMTP connections that tells how far each message got. */
export interface MailPool {
  readonly transport: Transporter;
  /** Watches the mail with this envelope, which no other mail has. */
  track(envelope: object): HandOver;
}

/**
 * Opens no connection yet: they come with the first messages, up to the configured number, and are kept. Small packets
 * are not held back: nodemailer sets noDelay on each of them, before TLS; a test measures it.
 */
export function createPool(config: EmailConfig): MailPool {
  const transport = createTransport({
    pool: true,
    url: config.SMTP_URL,
    maxConnections: config.SMTP_CONNECTIONS,
    maxMessages: 1_000,
    connectionTimeout: Math.min(config.SMTP_TIMEOUT_MS, 15_000),
    greetingTimeout: Math.min(config.SMTP_TIMEOUT_MS, 15_000),
    socketTimeout: config.SMTP_TIMEOUT_MS,
    requireTLS: config.SMTP_TLS === 'required',
    ...(config.SMTP_TLS_CA !== undefined && { tls: { ca: config.SMTP_TLS_CA } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { transport, track: tracking(transport, signerOf(config)) };
}

import { createTransport, type Transporter } from 'nodemailer';
import type { EmailConfig } from './config.js';
import type { HandOver } from './outcome-of.js';
import { signerOf } from './sign.js';

/** A pool of SMTP connections that tells how far each message got. */
export interface MailPool {
  readonly transport: Transporter;
  /** Watches the message sent with this signal; every send has a signal of its own. */
  track(signal: AbortSignal): HandOver;
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
  const tracked = new WeakMap<AbortSignal, HandOver>();
  const sign = signerOf(config);
  // The pool's errors do not tell whether the closing dot had gone out. The message's own stream does: its end is
  // reached only when the connection has read all of it. Signing reads it before, so it comes first.
  transport.use('stream', (mail, done) => {
    const handOver = mail.data.signal === undefined ? undefined : tracked.get(mail.data.signal);
    if (sign) mail.message.processFunc(sign);
    mail.message.processFunc((input) => {
      // The pool takes a message again only when not a byte was read; this makes sure of it.
      if (handOver?.complete === true) input.destroy(new Error('handed over before'));
      input.once('end', () => {
        if (handOver !== undefined) handOver.complete = true;
      });
      return input;
    });
    done();
  });
  return {
    transport,
    track: (signal) => {
      const handOver: HandOver = { complete: false };
      tracked.set(signal, handOver);
      return handOver;
    },
  };
}

import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { MailboxServer } from '@sevenfold/plugin-sdk';
import { ImapFlow } from 'imapflow';
import { createTransport, type Transporter } from 'nodemailer';
import type { EmailConfig } from '../config.js';

/** How long a server of somebody else's choosing may take to let us in, in ms. */
const patienceMs = 10_000;

/** One connection per message: whoever writes by hand writes few. Connects to the address that was checked, whatever its name leads to by now. */
export function smtpOf(server: MailboxServer, config: EmailConfig): Transporter {
  return createTransport({
    host: server.ip,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    auth: { user: server.user, pass: server.password },
    tls: tlsFor(server, config),
    connectionTimeout: Math.min(patienceMs, config.SMTP_TIMEOUT_MS),
    greetingTimeout: Math.min(patienceMs, config.SMTP_TIMEOUT_MS),
    socketTimeout: config.SMTP_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** @param socketTimeoutMs a line that says nothing for so long is taken for broken */
export function imapOf(server: MailboxServer, config: EmailConfig, socketTimeoutMs: number): ImapFlow {
  return new ImapFlow({
    host: server.ip,
    port: server.port,
    ...(isIP(server.host) === 0 && { servername: server.host }),
    secure: server.security === 'tls',
    ...(server.security !== 'tls' && { doSTARTTLS: server.security === 'starttls' }),
    auth: { user: server.user, pass: server.password },
    tls: tlsFor(server, config),
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: socketTimeoutMs,
  });
}

/** The installation's own authority counts besides those everybody trusts: members have their mailboxes anywhere. */
function tlsFor({ host }: MailboxServer, { SMTP_TLS_CA: own }: EmailConfig): { servername?: string; ca?: string[] } {
  return { ...(isIP(host) === 0 && { servername: host }), ...(own !== undefined && { ca: [...rootCertificates, own] }) };
}

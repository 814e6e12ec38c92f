import type { Readable } from 'node:stream';
import DKIM from 'nodemailer/lib/dkim';
import type { EmailConfig } from './config.js';

/**
 * What the signature covers, wherever it is present. One-click unsubscribing counts only when both of its headers are
 * signed (RFC 8058).
 */
const signed = [
  'From', 'Reply-To', 'To', 'Subject', 'Date', 'Message-ID', 'In-Reply-To', 'References', 'MIME-Version', 'Content-Type',
  'Content-Transfer-Encoding', 'List-Unsubscribe', 'List-Unsubscribe-Post', 'Auto-Submitted',
].join(':');

/** Signs the bytes of a mail as they will leave; undefined without a key. */
export function signerOf(config: EmailConfig): ((input: Readable) => Readable) | undefined {
  const { MAIL_DKIM_KEY: privateKey, MAIL_DKIM_SELECTOR: keySelector, MAIL_FROM } = config;
  if (privateKey === undefined || keySelector === undefined) return undefined;
  const domainName = config.MAIL_DKIM_DOMAIN ?? MAIL_FROM.address.slice(MAIL_FROM.address.lastIndexOf('@') + 1);
  const dkim = new DKIM({ domainName, keySelector, privateKey, headerFieldNames: signed });
  return (input) => dkim.sign(input);
}

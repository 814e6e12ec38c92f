import type { SMTPServerDataStream } from 'smtp-server';
import { smtpError } from './smtp-error.js';

/** What may wait in memory of all mails under way in this process, in bytes: who would be too much comes again. */
const most = 200 * 1024 * 1024;
let held = 0;

/** The bytes of one mail. Reads to its end in any case, so that the answer is heard. @throws an SMTP error when it is too large, or too much at once */
export async function collect(stream: SMTPServerDataStream, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  let crowded = false;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      if (size > limit || crowded) continue;
      crowded = held + bytes.length > most;
      if (crowded) continue;
      size += bytes.length;
      held += bytes.length;
      chunks.push(bytes);
    }
  } finally {
    held -= chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  }
  if (crowded) throw smtpError(452, '4.3.1 too much at once, come again');
  if (size > limit) throw smtpError(552, '5.3.4 larger than is taken here');
  return Buffer.concat(chunks);
}

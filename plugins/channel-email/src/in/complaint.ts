import { wordsOf } from './bounce/read-bounce.js';
import { ourIdsIn } from './our-ids.js';
import type { ParsedMail } from './parse-mail.js';

/**
 * Whoever pressed "this is spam", by their provider's report (RFC 5965); undefined when it is none, does not say who, or
 * does not bring a mail of ours back: anybody may write such a report.
 */
export function complaintOf(mail: ParsedMail, ourDomain: string): string | undefined {
  if (!/report-type\s*=\s*"?feedback-report/i.test(mail.headers.get('content-type') ?? '')) return undefined;
  const words = wordsOf(mail);
  if (!/^feedback-type:\s*(?:abuse|fraud|opt-out)/im.test(words) || ourIdsIn(words, ourDomain).length === 0) return undefined;
  return /^original-rcpt-to:\s*<?([^<>\s]+@[^<>\s]+?)>?\s*$/im.exec(words)?.[1] ?? /^to:.*?([^<>\s,]+@[^<>\s,]+?)>?\s*$/im.exec(words)?.[1];
}

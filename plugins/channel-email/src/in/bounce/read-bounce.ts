import type { ParsedMail } from '../parse-mail.js';
import { readDsn } from './dsn.js';
import { readOther } from './other.js';

/** What a mail server says of a mail of ours. */
export interface Verdict {
  /** `failed`: it gave up. `delayed`: it goes on trying, or only passed it on. */
  status: 'failed' | 'delayed' | 'delivered' | 'read';
  /** 5.1.1 or 550. */
  code: string | undefined;
}

/** What a report from a server says; undefined for a mail that is none. @param nullSender it came from <> */
export function readBounce(mail: ParsedMail, nullSender: boolean): Verdict | undefined {
  return readDsn(mail) ?? readOther(mail, nullSender);
}

/** All that a report may name our mail in: what came back of it, and its own words. */
export function wordsOf(mail: ParsedMail): string {
  const returned = mail.parts.filter(({ contentType }) => /^(?:message|text)\//.test(contentType));
  return [...returned.map(({ content }) => Buffer.from(content.subarray(0, 200_000)).toString('latin1')), mail.text, ...mail.references].join('\n');
}

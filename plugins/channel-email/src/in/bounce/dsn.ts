import type { MailPart, ParsedMail } from '../parse-mail.js';
import type { Verdict } from './read-bounce.js';

/** Reads a report by RFC 3464 (delivery) or RFC 8098 (reading); undefined without one. Our mails have one recipient: the worst word counts. */
export function readDsn({ parts, headers }: ParsedMail): Verdict | undefined {
  const read = parts.find(({ contentType }) => /^message\/(?:global-)?disposition-notification$/.test(contentType));
  if (read) return /^disposition:.*;\s*displayed/im.test(textOf(read)) ? { status: 'read', code: undefined } : undefined;
  const report = parts.find(({ contentType }) => /^message\/(?:global-)?delivery-status$/.test(contentType));
  if (!report && !/report-type\s*=\s*"?delivery-status/i.test(headers.get('content-type') ?? '')) return undefined;
  const groups = report ? textOf(report).split(/\n\s*\n/).map(fieldsOf).filter((fields) => fields.has('action')) : [];
  const verdicts = groups.map(verdictOf);
  return verdicts.find(({ status }) => status === 'failed') ?? verdicts.find(({ status }) => status === 'delayed') ?? verdicts[0];
}

function verdictOf(fields: ReadonlyMap<string, string>): Verdict {
  const code = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? /\b[45]\d\d\b/.exec(fields.get('diagnostic-code') ?? '')?.[0];
  const action = fields.get('action')?.trim().toLowerCase() ?? '';
  if (action.startsWith('failed')) return { status: 'failed', code };
  if (action.startsWith('delivered')) return { status: 'delivered', code };
  return { status: 'delayed', code }; // delayed, relayed, expanded: no end of it yet
}

function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of group.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
    const at = line.indexOf(':');
    if (at > 0 && !fields.has(line.slice(0, at).toLowerCase())) fields.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
  return fields;
}

const textOf = ({ content }: MailPart): string => Buffer.from(content.subarray(0, 100_000)).toString('latin1').replaceAll('\r\n', '\n');

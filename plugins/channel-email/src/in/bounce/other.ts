import type { ParsedMail } from '../parse-mail.js';
import type { Verdict } from './read-bounce.js';

const daemon = /^(?:mailer-daemon|postmaster|mail-daemon|mailer_daemon|mdaemon)@/i;
const subjects =
  /undeliver|delivery (?:status notification|failure|has failed|problem)|mail delivery (?:failed|system)|returned mail|failure notice|could not be delivered|not delivered|unzustellbar|nicht zugestellt|non remis|échec de (?:la )?remise|onbestelbaar|no se puede entregar|no entregado|kunne ikke leveres|ikke leveret|warning: (?:could not send|message)|delayed/i;
const later = /\b(?:delayed|will be retried|still trying|will (?:continue|keep) (?:trying|to try)|has not yet been delivered|no action is required|warning message only|noch nicht zugestellt|retard)\b/i;

/** Reads what servers write that know no reports: qmail, Exim, old Exchange and others. Undefined for what is no bounce. */
export function readOther({ headers, from, subject, text }: ParsedMail, nullSender: boolean): Verdict | undefined {
  const submitted = headers.get('auto-submitted') ?? '';
  if (/auto-replied/i.test(submitted) && !headers.has('x-failed-recipients')) return undefined; // somebody is away
  const looks = headers.has('x-failed-recipients') || daemon.test(from) || (nullSender && subjects.test(subject));
  if (!looks || (!subjects.test(subject) && !headers.has('x-failed-recipients') && !nullSender)) return undefined;
  const words = text.slice(0, 50_000);
  const code = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(words)?.[0] ?? /(?:^|[\s:(<#])([45]\d\d)(?=[\s-])/m.exec(words)?.[1];
  const forNow = later.test(subject) || later.test(words) || code?.startsWith('4') === true;
  return { status: forNow ? 'delayed' : 'failed', code };
}

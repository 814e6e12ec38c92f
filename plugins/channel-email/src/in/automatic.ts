import type { ParsedMail } from './parse-mail.js';

/** Beginnings of subjects that programs write when somebody is away, before a colon or alone: a person may well write "abwesend am Montag". */
const away = new RegExp(
  `^(?:(?:automatic|auto)[ -]?(?:reply|response)|autoreply|out of (?:the )?office|automatische (?:antwort|abwesenheitsnotiz)|abwesenheitsnotiz|abwesend|` +
    `réponse automatique|absence du bureau|message d['’]absence|automatisch (?:antwoord|bericht)|afwezigheidsbericht|afwezig|respuesta automática|` +
    `fuera de la oficina|autosvar|automatisk svar|automatiskt svar|ikke til stede|fraværende|fraværsbesked|risposta automatica|resposta automática)(?: auto[ -]?reply)?(?: ?[:–-]| (?:re|aw|sv|antw)\\b|$)`,
  'iu',
);

const robots = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?(?:[+-].*)?)@/i;

/**
 * Whether a machine wrote it: a vacation notice, a receipt, a list, a bounce. By the headers meant for it, the null
 * sender, who it is from, and last by the words programs begin such subjects with.
 * @param envelopeFrom '' for the null sender, undefined when the way it came does not tell
 */
export function isAutomatic({ headers, from, subject, references }: ParsedMail, envelopeFrom: string | undefined): boolean {
  const has = (name: string): boolean => headers.has(name);
  const says = (name: string, what: RegExp): boolean => what.test(headers.get(name) ?? '');
  const submitted = headers.get('auto-submitted')?.trim().toLowerCase();
  if (submitted !== undefined && submitted !== '' && !submitted.startsWith('no')) return true;
  if (says('precedence', /^\s*(?:bulk|junk|list|auto[_-]?reply)/i) || says('x-precedence', /^\s*(?:bulk|junk|list|auto[_-]?reply)/i)) return true;
  if (['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-response-suppress', 'x-autoreply-from', 'x-mail-autoreply', 'x-vacation'].some(has)) return true;
  if (['list-id', 'x-failed-recipients'].some(has)) return true;
  // Sales tools put these into what a person writes as well; a person answers something.
  if (references.length === 0 && ['list-unsubscribe', 'feedback-id'].some(has)) return true;
  if (says('content-type', /^\s*multipart\/report/i) || says('x-ms-exchange-generated-message-source', /./) || says('return-path', /^\s*<\s*>/)) return true;
  return envelopeFrom === '' || robots.test(from) || away.test(subject.trim());
}

import type { InboundEvent } from '@sevenfold/plugin-sdk';
import { consentWord } from './consent-word.js';

/** A text from a creator: a message, a word of consent, or (YES to an invite after an earlier STOP) both. */
export function messageEvents(form: URLSearchParams, sid: string, at: Date): InboundEvent[] {
  const text = form.get('Body') ?? '';
  const base = { providerId: sid, from: form.get('From') ?? '', to: form.get('To') ?? '', text, at };
  const word = consentWord(text);
  // What Twilio decided counts more than our reading: it is what Twilio enforces.
  const decided = { STOP: 'opt-out', START: 'opt-in' } as const;
  const said = form.get('OptOutType');
  const consent = said === 'STOP' || said === 'START' ? decided[said] : word;
  const events: InboundEvent[] = [];
  if (consent !== undefined) events.push({ ...base, kind: consent, providerKey: `${sid}:${consent}` });
  const isOnlyConsent = word !== undefined || consent === 'opt-out';
  if (!isOnlyConsent) events.push({ ...base, kind: 'message', providerKey: sid, attachments: attachmentsOf(form) });
  return events;
}

function attachmentsOf(form: URLSearchParams): { url: string; contentType: string }[] {
  const count = Math.min(Number(form.get('NumMedia') ?? 0) || 0, 10);
  return Array.from({ length: count }, (_, n) => ({
    url: form.get(`MediaUrl${n}`) ?? '',
    contentType: form.get(`MediaContentType${n}`) ?? 'application/octet-stream',
  })).filter((media) => media.url !== '');
}

import type { InboundConsent, InboundEvent } from '@sevenfold/plugin-sdk';
import type { TwilioConfig } from './config.js';
import { isAnswerToo, keywordOf, type Keyword } from './consent-word.js';

const DECIDED: Readonly<Record<string, Keyword | undefined>> = { STOP: 'stop', START: 'start', HELP: 'help' };

/** A text from a creator: a message, a word of consent, or (YES to an invite) both. */
export function messageEvents(form: URLSearchParams, sid: string, at: Date, config: TwilioConfig): InboundEvent[] {
  const text = form.get('Body') ?? '';
  const base = { providerId: sid, from: form.get('From') ?? '', to: form.get('To') ?? '', text, at };
  const attachments = attachmentsOf(form);
  const { consent, alone, help } = meaning(form, text, config);
  const events: InboundEvent[] = [];
  if (consent !== undefined) events.push({ ...base, kind: consent, providerKey: `${sid}:${consent}`, ...senderOf(form, config) });
  if (alone && attachments.length === 0) return events;
  events.push({ ...base, kind: 'message', providerKey: sid, attachments, ...(help !== undefined && { autoReply: help }) });
  return events;
}

interface Meaning {
  consent?: InboundConsent['kind'];
  /** Nothing was said besides. */
  alone: boolean;
  /** What we answer to a call for help, where nobody else does. */
  help?: string | undefined;
}

/** What Twilio decided counts more than our reading: it is what Twilio enforces. A word for stopping we hear in any case. */
function meaning(form: URLSearchParams, text: string, { TWILIO_ADVANCED_OPT_OUT: advanced, TWILIO_HELP_TEXT: help }: TwilioConfig): Meaning {
  const word = keywordOf(text);
  const decided = DECIDED[form.get('OptOutType') ?? ''];
  if (decided === 'stop' || (decided === undefined && word === 'stop')) return { consent: 'opt-out', alone: true };
  // With Advanced Opt-Out the list of words is the service's own: without its word nobody is back.
  if (decided === 'start' || (decided === undefined && word === 'start' && !advanced)) {
    return { consent: 'opt-in', alone: word === 'start' && !isAnswerToo(text) };
  }
  return { alone: false, help: decided === undefined && word === 'help' && !advanced ? help : undefined };
}

/** Twilio keeps consent per messaging service; a number that sends by itself is told by `to`. */
function senderOf(form: URLSearchParams, config: TwilioConfig): { sender?: string } {
  const ours = config.TWILIO_MESSAGING_SERVICE_SID;
  return ours === undefined ? {} : { sender: form.get('MessagingServiceSid') || ours };
}

function attachmentsOf(form: URLSearchParams): { url: string; contentType: string }[] {
  const count = Math.min(Number(form.get('NumMedia') ?? 0) || 0, 10);
  return Array.from({ length: count }, (_, n) => ({
    url: form.get(`MediaUrl${n}`) ?? '',
    contentType: form.get(`MediaContentType${n}`) ?? 'application/octet-stream',
  })).filter((media) => media.url !== '');
}

import { notSent, rejected, type SendOutcome, unknown } from '@sevenfold/plugin-sdk';

/** How far a message got: `complete` once its last byte, and with it the closing dot, went to the server. */
export interface HandOver {
  complete: boolean;
}

interface SmtpFailure {
  readonly code: string;
  /** The server's reply, when there was one. */
  readonly reply: number | undefined;
  /** The command it answered. */
  readonly command: string;
}

// Replies about our side of the line: another message, or this one later, goes through once it is set right.
const OUR_FAULT = new Set([503, 530, 534, 535, 538]);
const ABOUT_THE_MESSAGE = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

/**
 * Reads an SMTP failure. A 5xx to the message is for good; a 4xx, or anything before the last byte, is `not_sent`;
 * silence after the last byte is `unknown`, since the server may have taken it.
 */
export function outcomeOf(error: unknown, handOver: HandOver): SendOutcome {
  const failure = read(error);
  if (failure.reply !== undefined) {
    const reason = `SMTP ${failure.reply} to ${failure.command}`;
    const forGood = failure.reply >= 500 && ABOUT_THE_MESSAGE.has(failure.command) && !OUR_FAULT.has(failure.reply);
    return forGood ? rejected(String(failure.reply), reason) : notSent(reason);
  }
  if (handOver.complete) return unknown(`${failure.code} after the last byte`);
  if (failure.code === 'EENVELOPE') return rejected('invalid_address', 'address not usable in SMTP');
  if (failure.code === 'EMESSAGE') return rejected('too_large', 'larger than the server takes');
  return notSent(`${failure.code} before the last byte`);
}

function read(error: unknown): SmtpFailure {
  const fields: { code?: unknown; responseCode?: unknown; command?: unknown } =
    typeof error === 'object' && error !== null ? error : {};
  return {
    code: typeof fields.code === 'string' && /^E[A-Z]+$/.test(fields.code) ? fields.code : 'connection closed',
    reply: typeof fields.responseCode === 'number' ? fields.responseCode : undefined,
    command: typeof fields.command === 'string' && /^[A-Z0-9 -]{1,30}$/.test(fields.command) ? fields.command : 'CONN',
  };
}

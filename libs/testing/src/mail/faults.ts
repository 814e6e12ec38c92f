import type { SMTPServerSession } from 'smtp-server';

/** What shall go wrong at the sink. Each is used up after `times` (for ever unless told). */
export type MailFault =
  /** The recipient is refused (or put off) at RCPT TO. */
  | { kind: 'recipient'; address: string; code: number; message?: string; times?: number }
  /** The whole mail is answered with this code after its last byte. */
  | { kind: 'data'; code: number; message?: string; times?: number }
  /** The line breaks after the last byte and before the answer: the sender cannot know. `keep`: it did arrive. */
  | { kind: 'cut'; keep: boolean; times?: number }
  /** No answer after the last byte, for ever. */
  | { kind: 'hang'; times?: number }
  /** The answer after the last byte comes this many milliseconds late. */
  | { kind: 'delay'; ms: number; times?: number }
  /** New connections are turned away with 421. */
  | { kind: 'refuse-connections'; times?: number };

type Kind = MailFault['kind'];

/** The faults a sink is told to show, in the order they were told. */
export class MailFaults {
  private rules: MailFault[] = [];

  /** Adds a fault and gives back the way to take it away again. */
  add(fault: MailFault): () => void {
    const rule = { ...fault };
    this.rules.push(rule);
    return () => {
      this.rules = this.rules.filter((other) => other !== rule);
    };
  }

  clear(): void {
    this.rules = [];
  }

  /** Takes the first fault of these kinds that fits, and counts it. */
  take<K extends Kind>(kinds: K[], fits: (fault: Extract<MailFault, { kind: K }>) => boolean = () => true) {
    const found = this.rules.find((rule): rule is Extract<MailFault, { kind: K }> => isOf(rule, kinds) && fits(rule));
    if (!found) return undefined;
    if (found.times !== undefined && (found.times -= 1) <= 0) this.rules = this.rules.filter((rule) => rule !== found);
    return found;
  }
}

function isOf<K extends Kind>(rule: MailFault, kinds: K[]): rule is Extract<MailFault, { kind: K }> {
  return kinds.some((kind) => kind === rule.kind);
}

/** An error smtp-server answers with this code. */
export function smtpError(code: number, message = 'told to refuse'): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

/** Tells the connections of one server apart. */
export const connectionKey = (session: Pick<SMTPServerSession, 'remotePort'>): number => session.remotePort;

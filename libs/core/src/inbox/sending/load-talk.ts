import type { Tx } from '../../db/tx.js';
import type { MessageRow } from './rows.js';

/** What a message goes on from, as its channel knows it: ids of the provider, and what was talked about. */
export interface Talk {
  /** The talk so far with this one creator over this channel, oldest first. */
  references: string[];
  /** The one that is answered: their last, else ours. */
  inReplyTo: string;
  /** Its subject, if it had one. */
  subject: string | null;
}

/** As many as mail programs need to keep a talk together. */
const most = 12;

/**
 * The talks that messages go on with. Only what a person writes to one creator has one: a broadcast and what the product
 * writes begin anew, and nothing ever refers to what somebody else got.
 */
export async function loadTalks(tx: Tx, asked: readonly { message: MessageRow; channel: string }[]): Promise<Map<string, Talk>> {
  const talks = new Map<string, Talk>();
  const chats = asked.filter(({ message }) => message.kind === 'chat' && message.broadcastId === null && !message.automatic);
  for (const { message, channel } of chats) {
    const rows = await tx.em.execute<{ id: string; direction: 'in' | 'out'; subject: string | null }[]>(
      `select coalesce(d.provider_id, m.provider_id) as id, m.direction, m.subject
         from message m left join delivery d on d.message_id = m.id and d.channel = ? and d.provider_id is not null
        where m.thread_id = ? and m.id <> ? and not (m.direction = 'in' and m.automatic)
          and (d.id is not null or (m.direction = 'in' and m.channel = ? and m.provider_id is not null))
        order by m.created_at desc, m.id desc limit ?`,
      [channel, message.threadId, message.id, channel, most],
    );
    const answered = rows.find(({ direction }) => direction === 'in') ?? rows[0];
    if (!answered) continue;
    const others = rows.filter((row) => row !== answered).map(({ id }) => id).toReversed();
    talks.set(message.id, { references: [...others, answered.id], inReplyTo: answered.id, subject: answered.subject });
  }
  return talks;
}

/** `Re:` and the subject, once, whatever language the other side counts in. */
export function subjectOfAnswer(subject: string): string {
  return `Re: ${subject.replace(/^(?:\s*(?:re|aw|antw|sv|vs|res|rif|réf|r|fwd?|wg|tr|doorst|rv)\s*(?:\[\d+\])?\s*:)+/i, '').trim()}`;
}

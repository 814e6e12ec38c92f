import type { LookUpAnswer, LookUpCandidate } from '@sevenfold/plugin-sdk';
import { rawInstant } from '../../db/raw-instant.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { believedFrom } from './look-up-later.js';
import type { Open } from './question.js';

/** What is known after a look. */
export type Known = { sent: LookUpCandidate } | { sent: null } | 'unsure';

/** Two attempts this close may be taken for each other, in ms. */
const nearMs = 15 * 60_000;

/**
 * Tells which of the provider's messages is ours: none that another delivery has, in whichever workspace. Where several of
 * ours with the same words are open to the same number at once, the first is the first, and too few of theirs tell nothing:
 * nobody is told "sent" on another one's evidence.
 */
export async function whichIsIt(system: SystemDatabase, open: Open, answer: LookUpAnswer): Promise<Known> {
  if (answer.outcome === 'unsure') return 'unsure';
  const candidates = answer.outcome === 'found' ? answer.candidates : [];
  const free = await unclaimed(system, open, candidates);
  const rivals = await rivalsOf(system, open);
  // A list may be some minutes behind.
  if (free.length === 0) return open.look >= believedFrom ? { sent: null } : 'unsure';
  const inLine = [...rivals, { id: open.deliveryId, at: open.question.sentAfter.getTime() }].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  if (free.length < inLine.length) return 'unsure';
  const sorted = free.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  const mine = sorted[inLine.findIndex(({ id }) => id === open.deliveryId)];
  return mine ? { sent: mine } : 'unsure';
}

async function unclaimed(system: SystemDatabase, { channel, deliveryId }: Open, candidates: readonly LookUpCandidate[]): Promise<LookUpCandidate[]> {
  if (candidates.length === 0) return [];
  const taken = await system.transaction((em) =>
    em.execute<{ providerId: string }[]>('select provider_id as "providerId" from delivery where channel = ? and provider_id in (?) and id <> ?', [
      channel, candidates.map(({ providerId }) => providerId), deliveryId,
    ]),
  );
  return candidates.filter(({ providerId }) => !taken.some((each) => each.providerId === providerId));
}

async function rivalsOf(system: SystemDatabase, { channel, address, deliveryId, messageId, question }: Open): Promise<{ id: string; at: number }[]> {
  const at = question.sentAfter.getTime();
  const rows = await system.transaction((em) =>
    em.execute<{ id: string; at: string }[]>(
      `select d.id, d.claimed_at as at from delivery d join message m on m.id = d.message_id, message mine
        where mine.id = ? and d.channel = ? and d.address = ? and d.status in ('claimed', 'unknown') and d.id <> ?
          and d.claimed_at between ? and ? and coalesce(m.short, m.text) = coalesce(mine.short, mine.text)`,
      [messageId, channel, address, deliveryId, new Date(at - nearMs), new Date(at + nearMs)],
    ),
  );
  return rows.map((row) => ({ id: row.id, at: rawInstant(row.at).getTime() }));
}

import type { Tx } from '../../db/tx.js';
import { scheduleDue } from '../../engine/due.js';

const minute = 60_000;

/**
 * When the provider is asked what became of an unknown delivery, in ms after it became so. A list may be some minutes behind;
 * the last looks are for a provider that was away.
 */
const looks = [1, 10, 60, 4 * 60, 12 * 60, 24 * 60].map((minutes) => minutes * minute);

/** From this look on (counted from 1) a message that is not in the provider's list never got there. */
export const believedFrom = 3;

/** The attempts of a delivery are looked up apart: the same row may be sent again by hand. */
export interface Unknown {
  id: string;
  channel: string;
  attempts: number;
}

/** Has the provider asked about deliveries that just became unknown, where its plugin can. */
export async function lookUpLater(tx: Tx, deliveries: readonly Unknown[]): Promise<void> {
  for (const delivery of deliveries) {
    if (tx.services.plugins.channel(delivery.channel)?.lookUp) await scheduleLook(tx, delivery, 1);
  }
}

/** @returns false after the last look */
export async function scheduleLook(tx: Tx, { id, attempts }: Pick<Unknown, 'id' | 'attempts'>, look: number): Promise<boolean> {
  const [after, before] = [looks[look - 1], looks[look - 2] ?? 0];
  if (after === undefined) return false;
  const dueAt = new Date(tx.now.getTime() + after - before);
  await scheduleDue(tx, { kind: 'delivery.look-up', refId: id, dedupeKey: `${keyOf(id, attempts)}${look}`, dueAt });
  return true;
}

/** Which look the newest scheduled one is. */
export async function lookOf(tx: Tx, { id, attempts }: Pick<Unknown, 'id' | 'attempts'>): Promise<number> {
  const [row] = await tx.em.execute<{ count: number }[]>(
    `select count(*)::int as count from due_item where dedupe_key like ? and ref_id = ?`,
    [`${keyOf(id, attempts)}%`, id],
  );
  return row?.count ?? 0;
}

const keyOf = (id: string, attempts: number): string => `look-up:${id}:${attempts}:`;

import type { Tx } from '../../db/tx.js';
import { openEach, sealEach } from '../../personal-data/vault.js';

interface Kept {
  messageId: string;
  creatorId: string;
}

/** The place they are sealed for: those of one message open in no other. */
const place = ({ messageId }: Kept): string => `message-links:${messageId}`;

/**
 * Seals the personal links of messages, each by the data key of its creator.
 * @returns in the order of the messages; null where there is nothing to keep
 */
export async function sealLinks(tx: Tx, messages: readonly (Kept & { links: readonly string[] })[]): Promise<(Buffer | null)[]> {
  const some = messages.filter(({ links }) => links.length > 0);
  const sealed = await sealEach(tx, some.map((each) => ({ creatorId: each.creatorId, place: place(each), value: each.links })));
  const byMessage = new Map(some.map(({ messageId }, index) => [messageId, sealed[index] ?? null]));
  return messages.map(({ messageId }) => byMessage.get(messageId) ?? null);
}

/** The links of messages by the message's id; none for a creator who was erased. */
export async function openLinks(tx: Tx, messages: readonly (Kept & { sealed: Uint8Array | null })[]): Promise<Map<string, string[]>> {
  const some = messages.flatMap((each) => (each.sealed === null ? [] : [{ ...each, sealed: each.sealed }]));
  const opened = await openEach<string[]>(tx, some.map((each) => ({ creatorId: each.creatorId, place: place(each), sealed: each.sealed })));
  return new Map(some.flatMap(({ messageId }, index) => {
    const links = opened[index];
    return links ? [[messageId, links] as const] : [];
  }));
}

import type { ChannelPlugin } from '@sevenfold/plugin-sdk';
import type { Tx } from '../../db/tx.js';
import { queueMessage } from '../queue-message.js';
import type { InboundFact } from './add-inbound.js';

/**
 * Answers a word that the provider's rules want answered (HELP), once per message of theirs, at any hour. Whoever has
 * forbidden this sender is told nothing on another way either: they asked here.
 */
export async function answerAtOnce(
  tx: Tx,
  { channel, sender }: ChannelPlugin,
  { creatorId }: InboundFact,
  { text, providerKey }: { text: string; providerKey: string },
): Promise<void> {
  const [forbidden] = await tx.em.execute<{ found: number }[]>(
    `select 1 as found from contact_point p join consent_entry e on e.channel = p.channel and e.address_hash = p.address_hash
      where p.creator_id = ? and p.channel = ? and p.removed_at is null and e.sender = ? and e.state = 'out' limit 1`,
    [creatorId, channel, sender],
  );
  if (forbidden) return;
  await queueMessage(tx, {
    creatorId, kind: 'chat', texts: { text }, dedupeKey: `auto-reply:${channel}:${providerKey}`,
    automatic: true, purpose: 'conversation', preferredChannel: channel, ignoreQuietHours: true,
  });
}

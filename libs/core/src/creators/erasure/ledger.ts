import type { Tx } from '../../db/tx.js';
import { newsletterSender, recordConsent } from '../../inbox/consent/record-consent.js';

/** Who was erased is not written to again, whatever is imported later: until they say START. The ledger keeps hashes only. */
export async function closeLedger(tx: Tx, creatorId: string): Promise<void> {
  const points = await tx.em.execute<{ channel: string; hash: string }[]>(
    'select channel, address_hash as hash from contact_point where creator_id = ? order by channel, address_hash',
    [creatorId],
  );
  for (const { channel, hash } of points) {
    const plugin = tx.services.plugins.channel(channel);
    if (!plugin) continue;
    for (const sender of [plugin.sender, newsletterSender(plugin.sender)]) {
      await recordConsent(tx, { channel, sender, addressHash: hash, state: 'out', source: 'erasure', at: tx.now });
    }
  }
}

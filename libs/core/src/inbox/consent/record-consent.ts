import type { OutboundMessage } from '@sevenfold/plugin-sdk';
import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../../db/tx.js';
import { stopOnOptOut } from '../../sequences/stop-runs.js';

/** A word of an address about one sender. The ledger keeps the latest. */
export interface ConsentWord {
  channel: string;
  sender: string;
  addressHash: string;
  state: 'in' | 'out';
  /** Where it was heard: `stop`, `unsubscribe`, `provider` … */
  source: string;
  at: Date;
}

/** The ledger's sender for newsletters alone: without them, agreements and answers still arrive. */
export function newsletterSender(sender: string): string {
  return `${sender}/newsletter`;
}

/** Writes a word into the ledger, and ends what follows up on whoever wants no more. An older one that arrives later changes nothing. */
export async function recordConsent(tx: Tx, word: ConsentWord): Promise<void> {
  const written = await tx.em.execute<{ id: string }[]>(
    `insert into consent_entry as e (id, workspace_id, created_at, channel, sender, address_hash, state, source, at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (workspace_id, channel, sender, address_hash) do update
        set state = excluded.state, source = excluded.source, at = excluded.at where e.at <= excluded.at
     returning id`,
    [newId(), tx.workspaceId, tx.now, word.channel, word.sender, word.addressHash, word.state, word.source, word.at],
  );
  if (written.length > 0 && word.state === 'out') await stopOnOptOut(tx, word.channel, word.addressHash);
}

/** A provider refused because the recipient has forbidden our sender: from now on we don't ask it again. */
export async function recordRefusal(tx: Tx, creatorId: string, attempt: { channel: string; outbound: Pick<OutboundMessage, 'to'> }): Promise<void> {
  const sender = tx.services.plugins.channel(attempt.channel)?.sender;
  const [point] = await tx.em.execute<{ hash: string }[]>(
    'select address_hash as hash from contact_point where creator_id = ? and channel = ? and address = ? limit 1',
    [creatorId, attempt.channel, attempt.outbound.to],
  );
  if (sender === undefined || !point) return;
  await recordConsent(tx, {
    channel: attempt.channel, sender, addressHash: point.hash, state: 'out', source: 'provider', at: tx.now,
  });
}

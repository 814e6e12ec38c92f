import type { KeyRing } from '@sevenfold/platform/crypto';
import { audit } from '../../audit/audit.js';
import type { Services, Tx } from '../../db/tx.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { recordConsent } from './record-consent.js';

/** The ledger's sender for newsletters alone: without them, agreements and answers still arrive. */
export function newsletterSender(sender: string): string {
  return `${sender}/newsletter`;
}

const proof = (keyRing: KeyRing, creatorId: string): string => keyRing.hmac('unsubscribe', creatorId).slice(0, 40);

/** Where a creator ends the newsletter: GET shows a page, POST acts. It never expires, and opens nothing else. */
export function unsubscribeUrl({ publicUrl, keyRing }: Pick<Services, 'publicUrl' | 'keyRing'>, creatorId: string): string {
  return `${publicUrl}/u/${creatorId.replaceAll('-', '')}_${proof(keyRing, creatorId)}`;
}

/** Whose link it is; null for anything else. */
export async function whoUnsubscribes(
  system: SystemDatabase,
  keyRing: KeyRing,
  token: string,
): Promise<{ workspaceId: string; creatorId: string; workspace: string } | null> {
  const [, hex, given] = /^([0-9a-f]{32})_([0-9a-f]{40})$/.exec(token) ?? [];
  const creatorId = hex?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (creatorId === undefined || given !== proof(keyRing, creatorId)) return null;
  return system.transaction(async (em) => {
    const [row] = await em.execute<{ workspaceId: string; workspace: string }[]>(
      'select w.id as "workspaceId", w.name as workspace from creator c join workspace w on w.id = c.workspace_id where c.id = ?',
      [creatorId],
    );
    return row ? { creatorId, ...row } : null;
  });
}

/** Ends the newsletter for a creator, on every address they have: the ledger outlives the record. Repeating changes nothing. */
export async function unsubscribe(tx: Tx, creatorId: string): Promise<void> {
  const changed = await tx.em.execute<{ id: string }[]>(
    'update creator set newsletter_opt_in = false, updated_at = ? where id = ? and newsletter_opt_in returning id',
    [tx.now, creatorId],
  );
  const points = await tx.em.execute<{ channel: string; hash: string }[]>(
    'select channel, address_hash as hash from contact_point where creator_id = ?',
    [creatorId],
  );
  for (const { channel, hash } of points) {
    const plugin = tx.services.plugins.channel(channel);
    if (!plugin?.traits.newsletter) continue;
    await recordConsent(tx, {
      channel, sender: newsletterSender(plugin.sender), addressHash: hash, state: 'out', source: 'unsubscribe', at: tx.now,
    });
  }
  if (changed.length > 0) audit(tx, { action: 'newsletter.unsubscribed', entity: 'creator', entityId: creatorId });
}

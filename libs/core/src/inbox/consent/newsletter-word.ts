import { addressHash } from '@sevenfold/platform/crypto';
import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { stopForCreator } from '../../sequences/stop-runs.js';
import { newsletterSender, recordConsent } from './record-consent.js';

/** Where a creator said it: the link of a newsletter, their own page or app, a word they wrote. */
export type NewsletterSource = 'unsubscribe' | 'creator' | 'reply';

/**
 * Ends the newsletter for a creator, on every address they have: the ledger outlives the record. Until they ask for it
 * themselves nobody can put them back. Repeating changes nothing.
 */
export async function unsubscribe(tx: Tx, creatorId: string, source: NewsletterSource = 'unsubscribe'): Promise<void> {
  const changed = await tx.em.execute<{ id: string }[]>(
    `update creator set newsletter_opt_in = false, newsletter_refused_at = coalesce(newsletter_refused_at, ?), updated_at = ?
      where id = ? and (newsletter_opt_in or newsletter_refused_at is null) returning id`,
    [tx.now, tx.now, creatorId],
  );
  await recordWord(tx, creatorId, 'out', source);
  await stopForCreator(tx, creatorId); // also of whom only the app is known, which has no address in the ledger of addresses
  if (changed.length > 0) audit(tx, { action: 'newsletter.unsubscribed', entity: 'creator', entityId: creatorId });
}

/** A creator asks for the newsletter themselves, which undoes that they ended it. Nobody else may call for them. */
export async function subscribe(tx: Tx, creatorId: string, source: NewsletterSource): Promise<void> {
  const changed = await tx.em.execute<{ id: string }[]>(
    `update creator set newsletter_opt_in = true, newsletter_refused_at = null, updated_at = ?
      where id = ? and (not newsletter_opt_in or newsletter_refused_at is not null) returning id`,
    [tx.now, creatorId],
  );
  await recordWord(tx, creatorId, 'in', source);
  if (changed.length > 0) audit(tx, { action: 'newsletter.subscribed', entity: 'creator', entityId: creatorId, data: { source } });
}

/**
 * What an opt-in heard on one address means for the newsletter: whoever had ended it and says START where newsletters go
 * gets them again. One who never asked for them is not put on the list by it.
 */
export async function resumeNewsletter(tx: Tx, channel: string, hash: string): Promise<void> {
  if (!tx.services.plugins.channel(channel)?.traits.newsletter) return;
  const people = await tx.em.execute<{ id: string }[]>(
    `select distinct c.id from creator c join contact_point p on p.creator_id = c.id
      where p.channel = ? and p.address_hash = ? and p.removed_at is null and c.newsletter_refused_at is not null order by c.id`,
    [channel, hash],
  );
  for (const { id } of people) await subscribe(tx, id, 'reply');
}

/** Into the ledger, by every address a newsletter could go to; the app's is their own id. */
async function recordWord(tx: Tx, creatorId: string, state: 'in' | 'out', source: NewsletterSource): Promise<void> {
  const points = await tx.em.execute<{ channel: string; hash: string }[]>(
    'select channel, address_hash as hash from contact_point where creator_id = ? order by channel, address_hash',
    [creatorId],
  );
  const { keyRing, plugins } = tx.services;
  const apps = plugins.channels
    .filter(({ traits }) => traits.needsAppSession)
    .map(({ channel }) => ({ channel, hash: addressHash(keyRing, channel, creatorId) }));
  for (const { channel, hash } of [...points, ...apps]) {
    const plugin = plugins.channel(channel);
    if (!plugin?.traits.newsletter) continue;
    await recordConsent(tx, { channel, sender: newsletterSender(plugin.sender), addressHash: hash, state, source, at: tx.now });
  }
}

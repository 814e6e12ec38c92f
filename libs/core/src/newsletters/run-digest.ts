import { audit } from '../audit/audit.js';
import { queueBroadcast } from '../broadcasts/index.js';
import type { Tx } from '../db/tx.js';
import { tellTeam } from '../notices/index.js';
import { Digest } from './digest.entity.js';
import { enteredCampaigns, type EnteredCampaign } from './entered-campaigns.js';
import { joinNext } from './join-next.js';
import { newsletterRecipients } from './newsletter-recipients.js';

/**
 * The newsletter of the day (E1): one message to every creator who opted in, listing the campaigns entered since the last
 * one that are still open. What is too late, or paused, joins the next. Runs once: its row is the guard.
 */
export async function runDigest(tx: Tx, digestId: string): Promise<void> {
  await tx.em.execute('select id from digest where id = ? for no key update', [digestId]);
  const digest = await tx.em.findOne(Digest, { id: digestId }, { refresh: true });
  if (!digest || digest.status !== 'waiting' || digest.dueAt > tx.now) return;
  const lateMs = tx.now.getTime() - digest.dueAt.getTime();
  const open = (await enteredCampaigns(tx, digestId)).filter((campaign) => campaign.open);
  const tooLate = open.filter(({ toleranceMs }) => lateMs > toleranceMs);
  const paused = open.filter((campaign) => campaign.paused && !tooLate.includes(campaign));
  const listed = open.filter((campaign) => !tooLate.includes(campaign) && !campaign.paused);
  digest.ranAt = tx.now;
  // Set before the others move: theirs is another day's.
  digest.status = listed.length > 0 ? 'sent' : tooLate.length > 0 ? 'joined-next' : 'empty';
  await tx.em.flush();
  await joinNext(tx, [...tooLate, ...paused], digest.dueAt);
  if (tooLate.length > 0) await tellLate(tx, digest, tooLate);
  if (listed.length > 0) await send(tx, digest, listed);
}

async function send(tx: Tx, digest: Digest, listed: readonly EnteredCampaign[]): Promise<void> {
  const recipients = await newsletterRecipients(tx, listed);
  const { broadcastId } = await queueBroadcast(tx, {
    kind: 'newsletter', purpose: 'newsletter', automatic: true, dedupeKey: `digest:${digest.id}`, recipients,
  });
  digest.broadcastId = broadcastId;
  for (const { campaignId } of listed) {
    audit(tx, {
      action: 'newsletter.sent', entity: 'digest', entityId: digest.id, campaignId,
      data: { creators: recipients.length, day: digest.dayKey },
    });
  }
  await tx.em.flush();
}

async function tellLate(tx: Tx, digest: Digest, campaigns: readonly EnteredCampaign[]): Promise<void> {
  for (const { campaignId, name } of campaigns) {
    audit(tx, { action: 'newsletter.joined-next', entity: 'digest', entityId: digest.id, campaignId, data: { day: digest.dayKey } });
    await tellTeam(tx, {
      kind: 'newsletter-joined-next', campaignId, refId: digest.id, dedupeKey: `newsletter-joined-next:${digest.id}:${campaignId}`, asks: false,
      data: { name, dueAt: digest.dueAt.toISOString() },
    });
  }
}

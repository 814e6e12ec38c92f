import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { wrongChannel } from '../../inbox/reach/wrong-channel.js';
import { hint } from '../../live/index.js';
import { Broadcast } from '../broadcast.entity.js';
import { lockBroadcast, needStatus } from '../control/lock-broadcast.js';
import { variablesOfTexts } from '../recipients/variables.js';
import { checkCampaign, checkSelection } from './check-selection.js';
import type { Draft, DraftChange } from './draft-schema.js';
import { withMyThreads } from './my-threads.js';

/**
 * Writes the draft of a message to many. Nobody gets anything before it is sent.
 * @throws DomainError `invalid_fields` naming each: a campaign, channel or creator that is not there, a text that cannot be read
 */
export async function createDraft(tx: Tx, draft: Draft): Promise<{ broadcastId: string }> {
  const recipients = withMyThreads(tx, draft.recipients);
  await check(tx, { ...draft, recipients });
  const broadcastId = newId();
  tx.em.persist(tx.em.create(Broadcast, {
    id: broadcastId, workspaceId: tx.workspaceId, createdAt: tx.now, kind: 'bulk', dedupeKey: `bulk:${broadcastId}`, status: 'draft', total: 0, version: 0,
    authorMemberId: tx.actor.kind === 'member' ? tx.actor.memberId : null,
    campaignId: draft.campaignId, name: draft.name, selection: recipients, texts: draft.texts, purpose: draft.purpose,
    channel: draft.channel, ratePerSecond: draft.ratePerSecond,
  }));
  audit(tx, { action: 'broadcast.drafted', entity: 'broadcast', entityId: broadcastId, campaignId: draft.campaignId, data: { name: draft.name } });
  await tx.em.flush();
  return { broadcastId };
}

/**
 * Changes a draft, or one that waits for its moment. What is not named stays.
 * @throws DomainError `not_found`, `wrong_state` once it was sent, `invalid_fields`
 */
export async function changeDraft(tx: Tx, broadcastId: string, change: DraftChange): Promise<void> {
  const broadcast = await lockBroadcast(tx, broadcastId);
  needStatus(broadcast, ['draft', 'scheduled']);
  const { recipients: chosen, ...rest } = change;
  const recipients = chosen && withMyThreads(tx, chosen);
  await check(tx, { ...rest, recipients });
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  tx.em.assign(broadcast, { ...given, ...(recipients && { selection: recipients }), version: broadcast.version + 1 });
  audit(tx, { action: 'broadcast.changed', entity: 'broadcast', entityId: broadcastId, campaignId: broadcast.campaignId ?? null, data: { fields: Object.keys(change) } });
  await tx.em.flush();
  await hint(tx, { entity: 'broadcast', id: broadcastId, version: broadcast.version, campaignId: broadcast.campaignId ?? null });
}

/** Throws a draft away. @throws DomainError `not_found`, `wrong_state` for anything but a draft */
export async function removeDraft(tx: Tx, broadcastId: string): Promise<void> {
  const broadcast = await lockBroadcast(tx, broadcastId);
  needStatus(broadcast, ['draft']);
  audit(tx, { action: 'broadcast.removed', entity: 'broadcast', entityId: broadcastId, campaignId: broadcast.campaignId ?? null, data: { name: broadcast.name ?? '' } });
  tx.em.remove(broadcast);
  await tx.em.flush();
}

async function check(tx: Tx, { campaignId, channel, recipients, texts }: DraftChange): Promise<void> {
  const fields = [
    ...wrongChannel(tx.services, 'channel', channel),
    ...(await checkCampaign(tx, campaignId)),
    ...(recipients ? await checkSelection(tx, recipients) : []),
  ];
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
  if (texts) await variablesOfTexts(tx, texts);
}

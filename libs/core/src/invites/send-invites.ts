import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import type { TemplateData } from '@sevenfold/templating';
import { forReader } from '../applications/for-reader.js';
import { assertOpen, wrongState } from '../applications/phase.js';
import { audit } from '../audit/audit.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { lockCampaign } from '../campaigns/lock.js';
import { campaignMessageData } from '../campaigns/message-data.js';
import { mintLink } from '../creators/links.js';
import type { Tx } from '../db/tx.js';
import { queueMessage } from '../inbox/queue-message.js';
import { MessageWriter } from '../templates/index.js';
import { inviteTexts } from './invite-texts.js';
import { requireOutreach } from './subscription.js';

export interface SendInvitesInput {
  campaignId: string;
  /** `text` is this creator's own wording. */
  creators: readonly { creatorId: string; text?: string }[];
  /** Wording for all without one of their own; the prepared default when absent. */
  text?: string;
}

/** What became of each, in the order asked. */
export interface InviteOutcome {
  creatorId: string;
  result: 'sent' | 'already-invited' | 'already-applied';
  inviteId: string | null;
}

/**
 * Invites creators of the network to a campaign, from publication until the close: stored first, then queued to each
 * one's thread with a personal link. A creator has one invite per campaign; asking again sends nothing.
 * @throws DomainError `subscription_required`, `not_found`, `wrong_state` for a draft, `campaign_closed`, `campaign_paused`,
 *   `invalid_fields` for creators outside the network, `missing_variables` for a text that cannot be filled
 */
export async function sendInvites(tx: Tx, input: SendInvitesInput): Promise<InviteOutcome[]> {
  await requireOutreach(tx);
  const campaign = await lockCampaign(tx, input.campaignId, 'share');
  assertMayInvite(campaign, tx.now);
  const people = await networkCreators(tx, input.creators.map(({ creatorId }) => creatorId));
  const applied = await applicants(tx, campaign.id);
  const common = await campaignMessageData(tx, campaign);
  const writer = await MessageWriter.of(tx, 'invite', { campaignId: campaign.id });
  const outcomes: InviteOutcome[] = [];
  for (const { creatorId, text } of input.creators) {
    const person = people.get(creatorId);
    if (!person || applied.has(creatorId)) outcomes.push({ creatorId, result: 'already-applied', inviteId: null });
    else outcomes.push(await invite(tx, campaign, { creatorId, ...person }, { common, writer }, text ?? input.text));
  }
  await writer.tell(tx);
  return outcomes;
}

function assertMayInvite(campaign: Campaign, now: Date): void {
  if (campaign.status === 'draft') throw wrongState(campaign);
  assertOpen(campaign, now);
  if (campaign.pausedAt != null) throw new DomainError('campaign_paused', { state: campaign.status });
}

interface Person {
  name: string;
  locale: string | null;
}

/** @throws DomainError `invalid_fields` naming each who is not in the network; nobody learns whether they exist elsewhere */
async function networkCreators(tx: Tx, creatorIds: readonly string[]): Promise<Map<string, Person>> {
  const rows = creatorIds.length === 0 ? [] : await tx.em.execute<(Person & { id: string })[]>(
    'select id, name, locale from creator where in_network and id in (?)',
    [[...creatorIds]],
  );
  const found = new Map(rows.map(({ id, name, locale }) => [id, { name, locale }]));
  const fields = creatorIds.flatMap((id, index) => (found.has(id) ? [] : [{ path: `creators.${index}.creatorId`, message: 'There is no such creator in the network' }]));
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
  return found;
}

async function applicants(tx: Tx, campaignId: string): Promise<Set<string>> {
  const rows = await tx.em.execute<{ id: string }[]>('select creator_id as id from application where campaign_id = ?', [campaignId]);
  return new Set(rows.map(({ id }) => id));
}

async function invite(
  tx: Tx,
  campaign: Campaign,
  person: Person & { creatorId: string },
  { common, writer }: { common: TemplateData; writer: MessageWriter },
  edited: string | undefined,
): Promise<InviteOutcome> {
  const { creatorId } = person;
  const memberId = tx.actor.kind === 'member' ? tx.actor.memberId : null;
  const inviteId = newId();
  await tx.em.flush();
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into invite (id, workspace_id, created_at, campaign_id, creator_id, text, status, sent_by_member_id)
     values (?, ?, ?, ?, ?, '', 'sent', ?) on conflict (campaign_id, creator_id) do nothing returning id`,
    [inviteId, tx.workspaceId, tx.now, campaign.id, creatorId, memberId],
  );
  if (inserted.length === 0) return { creatorId, result: 'already-invited', inviteId: await known(tx, campaign.id, creatorId) };
  const { url } = await mintLink(tx, { creatorId, purpose: 'invite', refId: inviteId });
  const about = { ...Object(common.campaign), closesAt: campaign.closesAt };
  const texts = inviteTexts(writer, forReader({ ...common, campaign: about }, person, { link: url }), edited);
  const { messageId } = await queueMessage(tx, {
    creatorId, campaignId: campaign.id, kind: 'invite', texts, dedupeKey: `invite:${inviteId}`, automatic: false, purpose: 'notice',
    deadlineAt: campaign.closesAt ?? null, authorMemberId: memberId,
  });
  // What was said is kept without the link: that is a key.
  const text = texts.text.replaceAll(url, '…');
  await tx.em.execute('update invite set message_id = ?, text = ? where id = ?', [messageId, text, inviteId]);
  audit(tx, { action: 'invite.sent', entity: 'invite', entityId: inviteId, campaignId: campaign.id, data: { creatorId, edited: edited !== undefined } });
  return { creatorId, result: 'sent', inviteId };
}

async function known(tx: Tx, campaignId: string, creatorId: string): Promise<string | null> {
  const [row] = await tx.em.execute<{ id: string }[]>('select id from invite where campaign_id = ? and creator_id = ?', [campaignId, creatorId]);
  return row?.id ?? null;
}

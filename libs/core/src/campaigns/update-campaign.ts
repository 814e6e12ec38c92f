import { campaignDraftSchema, type CampaignDraft, type CampaignStatus } from '@sevenfold/domain/campaigns';
import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { changeClientOfThreads } from '../inbox/threads/change-client.js';
import { draftOf, rowOf, type CampaignPatch } from './campaign-fields.js';
import { toCampaignView, type CampaignView } from './campaign-view.js';
import { checkReferences } from './check-references.js';
import { lockCampaign } from './lock.js';

/** What may still change once creators rely on the rest: whom to ask, and what is information only. */
const changeableLater: readonly (keyof CampaignPatch)[] = ['contact', 'audience'];
const over: readonly CampaignStatus[] = ['finished', 'cancelled'];

/**
 * Changes a draft, or of a published campaign the contact and the audience: never what creators applied for or signed.
 * @throws DomainError `not_found`, `wrong_state` naming the fields, `invalid_fields`
 */
export async function updateCampaign(tx: Tx, campaignId: string, patch: CampaignPatch): Promise<CampaignView> {
  const campaign = await lockCampaign(tx, campaignId, 'change');
  const given = Object.keys(patch).filter((key): key is keyof CampaignPatch => patch[key as keyof CampaignPatch] !== undefined);
  if (campaign.status !== 'draft') refuseFixed(campaign.status, given, patch);
  const draft = merge(draftOf(campaign), patch);
  await checkReferences(tx, pick(draft, given));
  const before = campaign.clientId ?? null;
  Object.assign(campaign, rowOf(draft), { updatedAt: tx.now, version: campaign.version + 1 });
  audit(tx, {
    action: 'campaign.updated', entity: 'campaign', entityId: campaign.id, campaignId: campaign.id, data: { fields: given },
  });
  await tx.em.flush();
  const after = campaign.clientId ?? null;
  if (before !== after) await changeClientOfThreads(tx, campaignId, before, after);
  return toCampaignView(tx, campaign);
}

function refuseFixed(status: CampaignStatus, given: (keyof CampaignPatch)[], patch: CampaignPatch): void {
  const open = over.includes(status) ? [] : changeableLater;
  const fixed = given.filter((field) => !open.includes(field) || (field === 'contact' && patch.contact === null));
  if (fixed.length === 0) return;
  throw new DomainError('wrong_state', { state: status, fields: fixed, allowed: [...open] }, 'These fields are fixed since publication');
}

function merge(draft: CampaignDraft, patch: CampaignPatch): CampaignDraft {
  const changed = Object.entries(patch).filter(([, value]) => value !== undefined);
  const merged = Object.entries({ ...draft, ...Object.fromEntries(changed) }).filter(([, value]) => value !== null);
  const parsed = campaignDraftSchema.safeParse(Object.fromEntries(merged));
  if (parsed.success) return parsed.data;
  // Each field was right by itself; together they are not (it ends before it starts).
  const fields = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new DomainError('invalid_fields', { fields });
}

/** Only what the caller sends is looked up: a client archived since must not block changing the contact. */
function pick(draft: CampaignDraft, given: readonly (keyof CampaignPatch)[]): CampaignDraft {
  return Object.fromEntries(Object.entries(draft).filter(([key]) => given.some((field) => field === key)));
}

import { DomainError } from '@sevenfold/domain/errors';
import { lockCampaign } from '../campaigns/lock.js';
import type { Tx } from '../db/tx.js';
import { answerProblems, profileProblems } from './check-answers.js';
import { checkQualified, missingDetails, unknownFields } from './check-qualified.js';
import { loadCreator } from './creator-facts.js';
import { fillUnknown } from './fill-unknown.js';
import { insertApplication } from './insert-application.js';
import { assertOpen } from './phase.js';
import type { ApplyInput } from './schemas.js';

/**
 * A creator applies to a campaign. Holds the campaign's row while it does, so that nobody slips in after the close.
 * @throws DomainError `not_found`, `campaign_closed`, `already_applied`, `not_qualified` naming each lack,
 *   `invalid_fields` naming wrong fields and values nobody knows yet
 */
export async function apply(
  tx: Tx,
  { campaignId, creatorId, ...input }: ApplyInput & { campaignId: string; creatorId: string },
): Promise<{ applicationId: string }> {
  const campaign = await lockCampaign(tx, campaignId, 'share');
  assertOpen(campaign, tx.now);
  await refuseSecond(tx, campaignId, creatorId);
  const known = await loadCreator(tx, creatorId);
  if (input.about) await fillUnknown(tx, known, input.about);
  const { missing, unknown } = checkQualified(campaign, known, tx.now);
  if (missing.length > 0) throw new DomainError('not_qualified', { missing: missingDetails(missing) });
  const profileIds = input.profileIds ?? known.profiles.map(({ id }) => id);
  const fields = [...unknownFields(unknown), ...answerProblems(campaign, input.answers), ...profileProblems(profileIds, known.profiles)];
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
  const applicationId = await insertApplication(tx, {
    campaignId, creatorId, source: 'applied', motivation: input.motivation, price: input.price, answers: input.answers, profileIds,
  });
  return { applicationId };
}

/** Told before anything else is looked at; the unique index has the last word. */
async function refuseSecond(tx: Tx, campaignId: string, creatorId: string): Promise<void> {
  const [row] = await tx.em.execute<{ id: string }[]>(
    'select id from application where campaign_id = ? and creator_id = ?',
    [campaignId, creatorId],
  );
  if (row) throw new DomainError('already_applied', { applicationId: row.id });
}

import { DomainError, type Json } from '@sevenfold/domain/errors';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { changed } from '../campaigns/changed.js';
import { assertPhase } from '../campaigns/commands/assert-phase.js';
import type { Tx } from '../db/tx.js';
import { agreedTerms, allTerms } from './agreed-terms.js';
import { namedCandidates, sendableCandidates } from './candidates.js';
import { freezeAgreements } from './freeze.js';
import { sendAgreementsSchema } from './send-schema.js';

/**
 * Sends agreements to those selected: the text is rendered and frozen per creator, the window begins. All or nothing. The
 * PDF and the message to the creator follow by each agreement's own workflow. Runs under the campaign's lock.
 * @param input {@link sendAgreementsSchema}; without items everybody selected who may be sent one
 * @throws DomainError `wrong_state`, `campaign_paused`, `nobody_selected`, `refusal_final`, `agreement_open`,
 *   `invalid_fields` naming every term that is missing
 */
export async function sendAgreements(tx: Tx, campaign: Campaign, input: Json): Promise<Json> {
  assertPhase('send-agreements', campaign);
  const { items } = sendAgreementsSchema.parse(input ?? {});
  const candidates = items
    ? await namedCandidates(tx, campaign.id, items.map(({ applicationId }) => applicationId))
    : await sendableCandidates(tx, campaign.id);
  if (candidates.length === 0) throw new DomainError('nobody_selected');
  const defaults = campaign.details.terms ?? {};
  const terms = items
    ? allTerms(items.map((item, index) => agreedTerms(defaults, item.terms ?? {}, `items.${index}.terms`)))
    : allTerms([agreedTerms(defaults, {}, 'terms')]);
  const sent = await freezeAgreements(tx, campaign, candidates.map((candidate, index) => ({ candidate, terms: terms[items ? index : 0]! })));
  changed(tx, campaign, 'agreements-sent', { count: sent.length });
  return { agreements: sent.map((each) => ({ ...each })) };
}

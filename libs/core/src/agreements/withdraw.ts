import type { Tx } from '../db/tx.js';
import { assertBeforeStart } from '../applications/phase.js';
import { endAgreement } from './end-agreement.js';
import { lockAgreement } from './lock-agreement.js';
import { notPossible } from './rules.js';
import { tellCreator } from './tell-creator.js';

/**
 * The team takes an agreement back, signed or not, until the start; the creator is told. Afterwards a new one may be sent.
 * Withdrawing twice is once.
 * @throws DomainError `not_found`, `wrong_state`
 */
export async function withdrawAgreement(tx: Tx, { agreementId, reason }: { agreementId: string; reason?: string | null }): Promise<void> {
  const { agreement, campaign } = await lockAgreement(tx, { agreementId }, 'share');
  if (agreement.status === 'withdrawn') return;
  assertBeforeStart(campaign);
  if (agreement.status !== 'pending' && agreement.status !== 'accepted') throw notPossible(agreement);
  const told = agreement.toldAt != null;
  await endAgreement(tx, agreement, { status: 'withdrawn', action: 'agreement.withdrawn', reason });
  // Whoever never heard of it need not hear of its end.
  if (told) await tellCreator(tx, agreement, campaign, { kind: 'agreement-withdrawn', template: 'agreement-withdrawn', link: false });
}

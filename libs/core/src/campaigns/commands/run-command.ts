import { DomainError, done, isDomainError, refuse, type Json, type Outcome } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import { lockCampaign } from '../lock.js';
import { findCommand, type StoredCommand } from './stored-command.js';
import { useCases } from './use-cases.js';

/**
 * Carries out a stored command exactly once, as whoever asked for it. The change, its audit and the memory of its
 * outcome are one transaction; a repeat, also one at the same moment, gets the first outcome.
 * A refusal by rule is an outcome too, and leaves nothing half done behind.
 * @throws DomainError `not_found` when nobody stored it
 */
export async function runCommand(tx: Tx, commandId: string): Promise<Outcome<Json>> {
  const known = await findCommand(tx, commandId);
  if (!known) throw new DomainError('not_found', { entity: 'command' });
  if (known.result) return known.result;
  await lockCampaign(tx, known.campaignId, 'change');
  // Whoever held the lock before us may have been the same command.
  const command = await findCommand(tx, commandId);
  if (command?.result) return command.result;
  const outcome = await attempt(tx, known);
  await tx.em.execute('update command set result = ?::jsonb, done_at = ? where id = ?', [JSON.stringify(outcome), tx.now, commandId]);
  return outcome;
}

async function attempt(tx: Tx, { name, campaignId, actor, input }: StoredCommand): Promise<Outcome<Json>> {
  await tx.em.execute('savepoint command');
  try {
    const acting: Tx = { ...tx, actor };
    const campaign = await lockCampaign(acting, campaignId, 'change');
    const value = await useCases[name](acting, campaign, input);
    await tx.em.flush();
    return done(value);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    tx.em.clear();
    await tx.em.execute('rollback to savepoint command');
    return refuse(error.code, error.details);
  }
}

import { DomainError, type FieldProblem } from '@sevenfold/domain/errors';
import { instantOfLocal } from '@sevenfold/domain/schedule';
import type { Tx } from '../../db/tx.js';
import type { Campaign } from '../campaign.entity.js';
import { phaseOf } from '../phase.js';
import { pendingMilestones } from './settle-milestones.js';

/**
 * Gives milestones still ahead other moments.
 * @param moves by key; a moment without an offset is a wall-clock time in the campaign's zone
 * @throws DomainError `invalid_fields` for each that is not ahead any more, or would be in the past
 */
export async function moveMilestones(
  tx: Tx,
  campaign: Campaign,
  moves: readonly { key: string; at: string }[],
  timeZone: string,
): Promise<void> {
  const ahead = new Map((await pendingMilestones(tx, campaign.id)).map((milestone) => [milestone.key, milestone]));
  const problems: FieldProblem[] = [];
  moves.forEach(({ key, at }, index) => {
    const milestone = ahead.get(key);
    const dueAt = toInstant(at, timeZone);
    if (!milestone) problems.push({ path: `milestones.${index}.key`, message: `Still ahead are: ${[...ahead.keys()].join(', ')}` });
    else if (dueAt <= tx.now.getTime()) problems.push({ path: `milestones.${index}.at`, message: 'Lies in the past' });
    else {
      milestone.dueAt = new Date(dueAt);
      milestone.setInPause = phaseOf(campaign).paused;
    }
  });
  if (problems.length > 0) throw new DomainError('invalid_fields', { fields: problems.map((each) => ({ ...each })) });
}

const withOffset = /(Z|[+-]\d{2}:?\d{2})$/;

function toInstant(at: string, timeZone: string): number {
  return withOffset.test(at) ? new Date(at).getTime() : instantOfLocal(at, timeZone);
}

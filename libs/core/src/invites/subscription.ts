import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';
import { Workspace } from '../workspaces/workspace.entity.js';

/**
 * Outreach belongs to Professional and Enterprise.
 * @throws DomainError `subscription_required`, naming the subscription needed
 */
export async function requireOutreach(tx: Tx): Promise<void> {
  const { subscription } = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId });
  if (subscription === 'basic') {
    throw new DomainError(
      'subscription_required',
      { needed: 'professional', have: subscription },
      'Searching the network and inviting creators needs the Professional subscription',
    );
  }
}

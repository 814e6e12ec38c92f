import type { Actor } from '@sevenfold/domain/actors';
import { DomainError } from '@sevenfold/domain/errors';
import type { Scope, Tx } from '../db/tx.js';
import type { Condition } from '../paging/index.js';

/** The one client an actor is held to, or null for everybody who sees all. */
function heldTo(actor: Actor): string | null | undefined {
  if (actor.kind !== 'member' || actor.role !== 'client-reviewer') return undefined;
  return actor.clientId ?? null;
}

/**
 * Which campaigns an actor may see, as a condition for a query: client reviewers their own client's, once these are
 * out of the draft; everybody else all. A reviewer without a client sees none.
 * @param table name or alias of `campaign` in the query
 */
export function visibleCampaigns({ actor }: Pick<Scope, 'actor'>, table = 'campaign'): Condition {
  const clientId = heldTo(actor);
  if (clientId === undefined) return { sql: 'true', params: [] };
  return { sql: `${table}.client_id = ? and ${table}.status <> 'draft'`, params: [clientId] };
}

/** @throws DomainError `not_found` for a campaign that is not there, or that this actor may not see: no difference can be told */
export async function assertCampaignVisible(tx: Tx, campaignId: string): Promise<void> {
  const visible = visibleCampaigns(tx);
  const [row] = await tx.em.execute<{ id: string }[]>(`select id from campaign where id = ? and ${visible.sql}`, [
    campaignId, ...visible.params,
  ]);
  if (!row) throw new DomainError('not_found', { entity: 'campaign' });
}

/** Whether an actor is held to one client, and so sees no rates, addresses or notes (X7). */
export function isClientReviewer(actor: Actor): boolean {
  return heldTo(actor) !== undefined;
}

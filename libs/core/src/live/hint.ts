import type { LiveEntity } from '@sevenfold/domain/live';
import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';
import { wakeListeners } from '../engine/wake.js';

/** What changed. Nothing of its content: whoever hears it reads it again, as far as they may. */
export interface Hint {
  entity: LiveEntity;
  id: string;
  /** The row's own version after the change, where it has one: who has read that or a later one need not look again. */
  version?: number | null;
  /** Whose it is. A creator hears of `thread` and `message` with their own id here, and of nothing else. */
  creatorId?: string | null;
  /** Client reviewers hear only of what carries a campaign of their client; a campaign carries itself. */
  campaignId?: string | null;
}

export interface HintOptions {
  /** In bulk paths: rings no bell. It is seen within a second all the same. */
  quiet?: boolean;
}

/**
 * Tells everybody who looks at these rows that they have changed, at the commit of this transaction. Call it where a row
 * changes, after the change; at most once per row and transaction, and in bulk for the whole (the broadcast), not for each
 * of its thousands.
 */
export async function hint(tx: Tx, what: Hint | readonly Hint[], { quiet = false }: HintOptions = {}): Promise<void> {
  const hints: readonly Hint[] = 'entity' in what ? [what] : what;
  if (hints.length === 0) return;
  const rows = hints.map(({ entity, id, version, creatorId, campaignId }) => ({
    id: newId(), entity, entity_id: id, version: version ?? null, creator_id: creatorId ?? null,
    campaign_id: campaignId ?? (entity === 'campaign' ? id : null),
  }));
  await tx.em.execute(
    `insert into live_hint (id, workspace_id, created_at, entity, entity_id, version, creator_id, campaign_id)
     select r.id, ?, ?, r.entity, r.entity_id, r.version, r.creator_id, r.campaign_id
       from json_to_recordset(?::json) as r(id uuid, entity text, entity_id uuid, version int, creator_id uuid, campaign_id uuid)`,
    [tx.workspaceId, tx.now, JSON.stringify(rows)],
  );
  if (!quiet) await wakeListeners(tx);
}

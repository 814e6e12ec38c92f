import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';
import { wakeListeners } from '../engine/wake.js';
import type { Hint } from './hint.js';

interface Pending {
  /** One per row, however often it changed. */
  hints: Map<string, Hint>;
  loud: boolean;
}

const pending = new WeakMap<object, Pending>();

/** Remembers a hint until the end of the transaction. What is known of the row already is kept. */
export function remember(tx: Pick<Tx, 'em'>, hint: Hint, loud: boolean): void {
  const all = pending.get(tx.em) ?? { hints: new Map<string, Hint>(), loud: false };
  pending.set(tx.em, all);
  const key = `${hint.entity} ${hint.id}`;
  const known = all.hints.get(key);
  all.hints.set(key, {
    ...hint,
    version: hint.version ?? known?.version ?? null,
    creatorId: hint.creatorId ?? known?.creatorId ?? null,
    campaignId: hint.campaignId ?? known?.campaignId ?? (hint.entity === 'campaign' ? hint.id : null),
  });
  all.loud ||= loud;
}

/** Writes what was remembered, as the last step of a transaction that is about to commit. */
export async function writeHints(tx: Tx): Promise<void> {
  const all = pending.get(tx.em);
  if (!all) return;
  pending.delete(tx.em);
  const rows = [...all.hints.values()].map(({ entity, id, version, creatorId, campaignId }) => ({
    id: newId(), entity, entity_id: id, version, creator_id: creatorId, campaign_id: campaignId,
  }));
  await tx.em.execute(
    `insert into live_hint (id, workspace_id, created_at, entity, entity_id, version, creator_id, campaign_id)
     select r.id, ?, ?, r.entity, r.entity_id, r.version, r.creator_id, r.campaign_id
       from json_to_recordset(?::json) as r(id uuid, entity text, entity_id uuid, version int, creator_id uuid, campaign_id uuid)`,
    [tx.workspaceId, tx.now, JSON.stringify(rows)],
  );
  if (all.loud) await wakeListeners(tx);
}

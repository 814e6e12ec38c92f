import { newId } from '@sevenfold/platform/ids';
import { cleanJson } from '../../db/clean-text.js';
import type { Tx } from '../../db/tx.js';

/** Something that was heard about a delivery, whatever the state makes of it. */
export interface HeardEvent {
  deliveryId: string;
  kind: string;
  /** The provider's own key, absent for what we saw ourselves. */
  providerKey?: string;
  at: Date;
  /** As it came; kept as JSON. */
  raw: object;
}

/** Keeps events for ever. Answers the keys stored now; a repeated provider key is kept once. */
export async function recordEvents(tx: Tx, events: readonly HeardEvent[]): Promise<string[]> {
  if (events.length === 0) return [];
  const rows = events.map((event) => ({
    id: newId(),
    delivery_id: event.deliveryId,
    kind: event.kind,
    provider_key: event.providerKey ?? null,
    at: event.at.toISOString(),
    raw: event.raw,
  }));
  const stored = await tx.em.execute<{ key: string | null }[]>(
    `insert into delivery_event (id, workspace_id, created_at, delivery_id, kind, provider_key, at, raw)
     select r.id, ?, ?, r.delivery_id, r.kind, r.provider_key, r.at, r.raw
       from json_to_recordset(?::json) as r(id uuid, delivery_id uuid, kind text, provider_key text, at timestamptz, raw jsonb)
     on conflict (delivery_id, provider_key) do nothing returning provider_key as key`,
    [tx.workspaceId, tx.now, cleanJson(rows)],
  );
  return stored.flatMap(({ key }) => (key === null ? [] : [key]));
}

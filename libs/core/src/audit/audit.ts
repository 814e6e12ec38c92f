import type { Json } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';
import { hintAudited } from '../live/hint.js';
import { AuditEntry } from './audit-entry.entity.js';

export interface AuditFact {
  /** `noun.verb`, as in `application.moved`. */
  action: string;
  entity: string;
  entityId: string;
  campaignId?: string | null;
  /** What changed. Never personal data that is closed. */
  data?: Record<string, Json>;
}

/** Records who did what in the transaction in which it was done, and has whoever looks at it right now look again. */
export function audit(tx: Tx, fact: AuditFact): void {
  tx.em.persist(
    tx.em.create(AuditEntry, {
      id: newId(),
      workspaceId: tx.workspaceId,
      createdAt: tx.now,
      actor: tx.actor,
      action: fact.action,
      entity: fact.entity,
      entityId: fact.entityId,
      campaignId: fact.campaignId ?? null,
      data: fact.data ?? {},
      requestId: tx.requestId ?? null,
    }),
  );
  hintAudited(tx, { entity: fact.entity, id: fact.entityId, campaignId: fact.campaignId ?? null });
}

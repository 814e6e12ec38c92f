import { DomainError } from '@sevenfold/domain/errors';
import { rawInstant, rawInstantOrNull } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';
import type { MessageKind } from '../inbox/message-kinds.js';
import { countBroadcast, type BroadcastCounts } from './sending/progress.js';

/** One message to many, with its progress. */
export interface BroadcastView {
  id: string;
  campaignId: string | null;
  kind: MessageKind;
  status: 'queued' | 'sending' | 'done' | 'cancelled';
  total: number;
  counts: BroadcastCounts;
  authorMemberId: string | null;
  createdAt: Date;
  doneAt: Date | null;
}

interface Row {
  campaign_id: string | null;
  kind: MessageKind;
  status: BroadcastView['status'];
  total: number;
  author_member_id: string | null;
  created_at: string;
  done_at: string | null;
}

/** @throws DomainError `not_found` */
export async function getBroadcast(tx: Tx, broadcastId: string): Promise<BroadcastView> {
  const [row] = await tx.em.execute<Row[]>(
    'select campaign_id, kind, status, total, author_member_id, created_at, done_at from broadcast where id = ?',
    [broadcastId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'broadcast' });
  return {
    id: broadcastId,
    campaignId: row.campaign_id,
    kind: row.kind,
    status: row.status,
    total: row.total,
    counts: await countBroadcast(tx, broadcastId),
    authorMemberId: row.author_member_id,
    createdAt: rawInstant(row.created_at),
    doneAt: rawInstantOrNull(row.done_at),
  };
}

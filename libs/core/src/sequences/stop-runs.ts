import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import type { stopReasons } from './sequence-run.entity.js';

export type StopReason = (typeof stopReasons)[number];

const stop = `update sequence_run set status = 'stopped', stop_reason = ?, ended_at = ?, next_at = null where status = 'running' and`;

/** The creator wrote: what was to follow up on their silence ends. */
export async function stopOnReply(tx: Tx, creatorId: string): Promise<void> {
  await tx.em.execute(`${stop} creator_id = ?`, ['reply', tx.now, creatorId]);
}

/** The creator applied: runs about that campaign, and those about none, have got what they were after. */
export async function stopOnApplication(tx: Tx, creatorId: string, campaignId: string): Promise<void> {
  await tx.em.execute(`${stop} creator_id = ? and (campaign_id is null or campaign_id = ?)`, ['application', tx.now, creatorId, campaignId]);
}

/** Somebody wants no messages: whoever has that address gets no follow-ups, on no channel. */
export async function stopOnOptOut(tx: Tx, channel: string, addressHash: string): Promise<void> {
  await tx.em.execute(`${stop} creator_id in (select creator_id from contact_point where channel = ? and address_hash = ?)`, [
    'opt_out', tx.now, channel, addressHash,
  ]);
}

/** A member ends one run. One that has ended stays as it is. @throws DomainError `not_found` */
export async function stopRun(tx: Tx, runId: string): Promise<void> {
  const stopped = await tx.em.execute<{ sequence_id: string; creator_id: string; campaign_id: string | null }[]>(
    `${stop} id = ? returning sequence_id, creator_id, campaign_id`,
    ['by_hand', tx.now, runId],
  );
  const [run] = stopped;
  if (run) {
    audit(tx, { action: 'sequence.stopped', entity: 'sequence', entityId: run.sequence_id, campaignId: run.campaign_id, data: { creatorId: run.creator_id } });
    await tx.em.flush();
    return;
  }
  const [there] = await tx.em.execute<{ id: string }[]>('select id from sequence_run where id = ?', [runId]);
  if (!there) throw new DomainError('not_found', { entity: 'sequence-run' });
}

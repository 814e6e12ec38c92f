import { DomainError } from '@sevenfold/domain/errors';
import type { TextMeasure } from '@sevenfold/plugin-sdk';
import type { RenderedMessage } from '@sevenfold/templating';
import type { Tx } from '../../db/tx.js';
import { measureOn } from '../../inbox/measure.js';
import { Broadcast } from '../broadcast.entity.js';
import type { SkipReason } from '../broadcast-skip.entity.js';
import { selectCreators } from './selection.js';
import { letterOf } from './write-chunk.js';
import { Writing } from './writing.js';

/** A broadcast as one creator would read it, or why they would not. */
export interface BroadcastPreview {
  creator: { id: string; name: string };
  /** Whether they are among the recipients now. */
  chosen: boolean;
  texts: RenderedMessage | null;
  /** Where it would go first. */
  channel: string | null;
  address: string | null;
  skip: SkipReason | null;
  /** What it would cost on that channel, where it is charged by the piece. */
  measure: TextMeasure | null;
  /** The variables without a value. */
  variables: string[] | null;
}

/**
 * One creator's version of a broadcast. Sends and stores nothing; a stand-in takes the place of the personal link.
 * @throws DomainError `not_found`, `wrong_state` for one whose recipients the product named itself
 */
export async function previewBroadcast(tx: Tx, broadcastId: string, creatorId: string): Promise<BroadcastPreview> {
  const broadcast = await tx.em.findOne(Broadcast, { id: broadcastId });
  if (!broadcast) throw new DomainError('not_found', { entity: 'broadcast' });
  if (!broadcast.selection) throw new DomainError('wrong_state', { state: broadcast.status, allowed: ['draft', 'scheduled'] });
  const writing = await Writing.of(tx, letterOf(broadcast));
  const [written] = await writing.to(tx, [creatorId]);
  if (!written?.reader) throw new DomainError('not_found', { entity: 'creator' });
  const selected = selectCreators(broadcast.selection, tx.now);
  const chosen = await tx.em.execute<{ id: string }[]>(`select id from (${selected.sql}) chosen where id = ?`, [...selected.params, creatorId]);
  const common = { creator: { id: creatorId, name: written.reader.name }, chosen: chosen.length > 0 };
  return 'skip' in written
    ? { ...common, texts: null, channel: null, address: null, skip: written.skip, measure: null, variables: written.variables }
    : { ...common, texts: written.texts, channel: written.plan.channel, address: written.plan.address, skip: null,
        measure: measureOn(tx.services.plugins.channel(written.plan.channel), written.texts), variables: null };
}

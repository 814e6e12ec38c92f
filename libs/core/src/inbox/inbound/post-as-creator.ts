import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../../db/tx.js';
import { addInbound, type InboundFact, type OnInbound } from './add-inbound.js';

/**
 * A creator writes in their own thread, in the app or behind their personal link.
 * @throws DomainError `not_found` when no channel of the app is configured or the creator is unknown
 */
export async function postAsCreator(
  tx: Tx,
  input: { creatorId: string; text: string; dedupeKey?: string },
  onInbound?: OnInbound,
): Promise<InboundFact> {
  const channel = tx.services.plugins.channels.find((each) => each.traits.needsAppSession)?.channel;
  const [creator] = await tx.em.execute<{ id: string }[]>('select id from creator where id = ?', [input.creatorId]);
  if (channel === undefined || !creator) throw new DomainError('not_found', { entity: 'thread' });
  const fact = await addInbound(
    tx,
    { creatorId: input.creatorId, channel, text: input.text, dedupeKey: `post:${input.creatorId}:${input.dedupeKey ?? newId()}` },
    onInbound,
  );
  if (!fact) throw new DomainError('conflict', { entity: 'message' });
  return fact;
}

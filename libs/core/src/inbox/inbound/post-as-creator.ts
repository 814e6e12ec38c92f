import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../../db/tx.js';
import { sendAlong } from '../attachments/uploads.js';
import { addInbound, type InboundFact, type OnInbound } from './add-inbound.js';

/**
 * A creator writes in their own thread, in the app or behind their personal link.
 * @throws DomainError `not_found` when no channel of the app is configured or the creator is unknown;
 * `invalid_fields` for a file that may not go along, or for neither words nor files
 */
export async function postAsCreator(
  tx: Tx,
  input: { creatorId: string; text: string; dedupeKey?: string; attachmentIds?: readonly string[] | undefined },
  onInbound?: OnInbound,
): Promise<InboundFact> {
  const channel = tx.services.plugins.channels.find((each) => each.traits.needsAppSession)?.channel;
  const [creator] = await tx.em.execute<{ id: string }[]>('select id from creator where id = ?', [input.creatorId]);
  if (channel === undefined || !creator) throw new DomainError('not_found', { entity: 'thread' });
  if (input.text.trim() === '' && (input.attachmentIds ?? []).length === 0) {
    throw new DomainError('invalid_fields', { fields: [{ path: 'text', message: 'Say something, or send a file along' }] });
  }
  const fact = await addInbound(
    tx,
    { creatorId: input.creatorId, channel, text: input.text, dedupeKey: `post:${input.creatorId}:${input.dedupeKey ?? newId()}` },
    onInbound,
  );
  if (!fact) throw new DomainError('conflict', { entity: 'message' });
  await sendAlong(tx, fact.messageId, input.attachmentIds ?? []);
  return fact;
}

import { DomainError, type FieldProblem } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import { wrongChannel } from '../reach/wrong-channel.js';

/** The field `path` when no thread can be found by its channel: it is not configured, and no thread has a message of it from when it was. */
export async function unfindableChannel(tx: Tx, path: string, channel: string | undefined): Promise<FieldProblem[]> {
  const wrong = wrongChannel(tx.services, path, channel);
  if (wrong.length === 0) return [];
  const used = await tx.em.execute<object[]>('select 1 from thread_facet where facet = ? limit 1', [`channel:${channel}`]);
  return used.length > 0 ? [] : wrong;
}

/** @throws DomainError `invalid_fields` for a channel nobody knows: an empty list would look as if nobody had written */
export async function checkChannel(tx: Tx, channel: string | undefined): Promise<void> {
  const fields = await unfindableChannel(tx, 'channel', channel);
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
}

import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import type { Selection } from '../recipients/selection.js';

/**
 * “My threads” are those of whoever wrote it down: another member checks it, and nobody is there when a schedule's instant comes.
 * @throws DomainError `invalid_fields` where nobody in person writes
 */
export function withMyThreads(tx: Tx, selection: Selection): Selection {
  if (!('inbox' in selection) || selection.inbox.assignee !== 'me') return selection;
  if (tx.actor.kind !== 'member') {
    throw new DomainError('invalid_fields', { fields: [{ path: 'recipients.inbox.assignee', message: 'Give the id of a member: nobody in person is asking' }] });
  }
  return { inbox: { ...selection.inbox, assignee: tx.actor.memberId } };
}

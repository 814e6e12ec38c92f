import { DomainError, type FieldProblem } from '@sevenfold/domain/errors';
import { audit } from '../../audit/audit.js';
import type { Tx } from '../../db/tx.js';
import { scheduleDue } from '../../engine/due.js';
import { answered } from '../clock/answered.js';
import { handOverReminders } from '../clock/hand-over-reminders.js';
import { hintDesk } from '../hint-thread.js';
import { cameInSince } from '../threads/came-in-since.js';
import { getThread } from '../threads/list-threads.js';
import type { ThreadView } from '../threads/thread-view.js';

export interface ThreadChange {
  /** Whose it is; null: nobody's. */
  assigneeId?: string | null | undefined;
  /** Until when it sleeps; null: it is back. */
  snoozedUntil?: Date | null | undefined;
}

/** {@link assignThread} and {@link snoozeThread} at once; what is wrong with either is said together. @throws DomainError as they do */
export async function changeThread(tx: Tx, threadId: string, { assigneeId, snoozedUntil }: ThreadChange): Promise<ThreadView> {
  refuse([...(await wrongWithAssignee(tx, assigneeId ?? null)), ...wrongWithInstant(tx, snoozedUntil ?? null)]);
  if (assigneeId !== undefined) await assignThread(tx, threadId, assigneeId);
  if (snoozedUntil !== undefined) await snoozeThread(tx, threadId, snoozedUntil);
  return getThread(tx, threadId);
}

/** Gives a thread to a member, or to nobody. @throws DomainError `not_found`; `invalid_fields` for somebody who does not read the inbox */
export async function assignThread(tx: Tx, threadId: string, memberId: string | null): Promise<ThreadView> {
  refuse(await wrongWithAssignee(tx, memberId));
  const changed = await change(tx, threadId, 'assignee_member_id = ?', [memberId], 'assignee_member_id is distinct from ?', [memberId]);
  if (changed) await handOverReminders(tx, [threadId], memberId);
  if (changed) audit(tx, { action: 'thread.assigned', entity: 'thread', entityId: threadId, data: { memberId } });
  return getThread(tx, threadId);
}

/**
 * Takes a thread out of sight until an instant; it comes back unread then, or earlier when the creator writes. Null brings it back now.
 * @throws DomainError `not_found`; `invalid_fields` for an instant that is over
 */
export async function snoozeThread(tx: Tx, threadId: string, until: Date | null): Promise<ThreadView> {
  refuse(wrongWithInstant(tx, until));
  const changed = await change(tx, threadId, 'snoozed_until = ?', [until], 'snoozed_until is distinct from ?', [until]);
  if (changed && until !== null) {
    const { first } = await cameInSince(tx, threadId);
    if (first !== null) await tx.em.execute('update thread set snoozed_until = null where id = ?', [threadId]);
    else await scheduleDue(tx, { kind: 'thread.wake', refId: threadId, dedupeKey: `thread.wake:${threadId}:${until.toISOString()}`, dueAt: until });
  }
  return getThread(tx, threadId);
}

/** A person of the team says that what the creator wrote needs no answer: the clock stops (D5). @throws DomainError `not_found` */
export async function needsNoAnswer(tx: Tx, threadId: string): Promise<ThreadView> {
  const changed = await change(tx, threadId, 'waiting_since = null', [], 'waiting_since is not null', []);
  if (changed) await answered(tx, threadId);
  if (changed) audit(tx, { action: 'thread.needs-no-answer', entity: 'thread', entityId: threadId });
  return getThread(tx, threadId);
}

async function change(tx: Tx, threadId: string, set: string, values: unknown[], unless: string, compare: unknown[]): Promise<boolean> {
  const rows = await tx.em.execute<{ id: string }[]>(
    `update thread set version = version + 1, ${set} where id = ? and ${unless} returning id`,
    [...values, threadId, ...compare],
  );
  if (rows.length > 0) await hintDesk(tx, threadId);
  return rows.length > 0;
}

function refuse(fields: FieldProblem[]): void {
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
}

function wrongWithInstant(tx: Tx, until: Date | null): FieldProblem[] {
  return until !== null && until <= tx.now ? [{ path: 'snoozedUntil', message: 'Choose an instant in the future' }] : [];
}

async function wrongWithAssignee(tx: Tx, memberId: string | null): Promise<FieldProblem[]> {
  if (memberId === null) return [];
  // Held, so that nobody is taken out of the team meanwhile, and keeps this one.
  const [member] = await tx.em.execute<{ role: string }[]>('select role from member where id = ? and removed_at is null for share', [memberId]);
  if (member !== undefined && member.role !== 'client-reviewer') return [];
  return [{ path: 'assigneeId', message: member === undefined ? 'There is no such member' : 'A client reviewer does not see the inbox' }];
}

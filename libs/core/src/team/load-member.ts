import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';
import { Member } from './member.entity.js';

/** A member that was not removed, locked against a change at the same moment. @throws DomainError `not_found` */
export async function loadMember(tx: Tx, memberId: string): Promise<Member> {
  const [row] = await tx.em.execute<{ id: string }[]>('select id from member where id = ? and removed_at is null for no key update', [
    memberId,
  ]);
  if (!row) throw new DomainError('not_found', { entity: 'member' });
  return tx.em.findOneOrFail(Member, { id: memberId }, { refresh: true });
}

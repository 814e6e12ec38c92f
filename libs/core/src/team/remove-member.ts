import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { giveBackThreads } from '../inbox/desk/give-back-threads.js';
import { disconnectMailboxOf } from '../mailboxes/change-mailbox.js';
import { loadMember } from './load-member.js';
import { keepAnOwner } from './role-rules.js';

/**
 * Takes somebody out of the team: their tokens, their Slack link and their own mailbox end at once, their threads
 * are nobody's, what they did stays under their name.
 * @throws DomainError `not_found`, `conflict` for the last owner
 */
export async function removeMember(tx: Tx, memberId: string): Promise<void> {
  const member = await loadMember(tx, memberId);
  if (member.role === 'owner') await keepAnOwner(tx, memberId);
  member.removedAt = tx.now;
  member.slackTeamId = null;
  member.slackUserId = null;
  await tx.em.execute('update api_token set revoked_at = ? where member_id = ? and revoked_at is null', [tx.now, memberId]);
  await disconnectMailboxOf(tx, memberId);
  await giveBackThreads(tx, memberId);
  audit(tx, { action: 'member.removed', entity: 'member', entityId: memberId });
}

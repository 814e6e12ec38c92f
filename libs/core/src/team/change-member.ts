import { DomainError } from '@sevenfold/domain/errors';
import { may, type Role } from '@sevenfold/domain/roles';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { giveBackThreads } from '../inbox/desk/give-back-threads.js';
import { disconnectMailboxOf } from '../mailboxes/change-mailbox.js';
import { getMember } from './list-members.js';
import { loadMember } from './load-member.js';
import { checkClientOfRole, keepAnOwner } from './role-rules.js';
import type { MemberView } from './views.js';

export interface ChangeMemberInput {
  name?: string | undefined;
  role?: Role | undefined;
  clientId?: string | null | undefined;
  /** The Slack user who acts as this member; null takes the link away. */
  slack?: { teamId: string; userId: string } | null | undefined;
}

/** @throws DomainError `not_found`, `conflict` (the last owner; a Slack user linked to somebody else), `invalid_fields` */
export async function changeMember(tx: Tx, memberId: string, change: ChangeMemberInput): Promise<MemberView> {
  const member = await loadMember(tx, memberId);
  const role = change.role ?? member.role;
  // A reviewer who becomes something else leaves their client by that.
  const clientId = change.clientId !== undefined ? change.clientId : role === 'client-reviewer' ? (member.clientId ?? null) : null;
  if (change.role !== undefined || change.clientId !== undefined) await checkClientOfRole(tx, role, clientId);
  if (member.role === 'owner' && role !== 'owner') await keepAnOwner(tx, memberId);
  if (change.slack) await checkSlackFree(tx, memberId, change.slack);
  if (change.name !== undefined) member.name = change.name;
  if (change.slack !== undefined) {
    member.slackTeamId = change.slack?.teamId ?? null;
    member.slackUserId = change.slack?.userId ?? null;
  }
  const before = member.role;
  member.role = role;
  member.clientId = clientId;
  // Whoever may have none any more could not even end the reading of their mail.
  if (!may(role, 'mailbox.write')) await disconnectMailboxOf(tx, memberId);
  audit(tx, {
    action: 'member.changed',
    entity: 'member',
    entityId: memberId,
    data: { fields: Object.keys(change), role: before === role ? role : { from: before, to: role } },
  });
  await tx.em.flush();
  if (before !== role && !may(role, 'thread.read')) await giveBackThreads(tx, memberId);
  return getMember(tx, memberId);
}

async function checkSlackFree(tx: Tx, memberId: string, slack: { teamId: string; userId: string }): Promise<void> {
  const [other] = await tx.em.execute<{ id: string }[]>(
    'select id from member where slack_team_id = ? and slack_user_id = ? and id <> ?',
    [slack.teamId, slack.userId, memberId],
  );
  if (other) throw new DomainError('conflict', { reason: 'slack_user_taken' }, 'This Slack user is linked to another member');
}

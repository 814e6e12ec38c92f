import type { Role } from './roles.js';

/** Everything somebody may be allowed to do. A route names one of these, the policy answers by role (X7). */
export const actions = [
  'campaign.read', 'campaign.write', 'campaign.publish', 'campaign.close', 'campaign.start', 'campaign.pause', 'campaign.reschedule',
  'campaign.cancel', 'campaign.finish',
  'application.read', 'application.move', 'application.vote', 'application.add-by-hand',
  'invite.read', 'invite.send', 'invite.mark-interested',
  'customer-success.read', 'customer-success.request', 'customer-success.resolve',
  'agreement.read', 'agreement.send', 'agreement.withdraw', 'replacement.choose',
  'collaboration.read', 'parcel.write', 'result.read', 'result.write', 'report.read',
  'address.read', 'address.write',
  'thread.read', 'thread.reply', 'mailbox.read', 'mailbox.write', 'mailbox.manage', 'broadcast.read', 'broadcast.send', 'notice.read', 'notice.answer',
  'creator.read', 'creator.write', 'creator.link', 'file.read', 'file.write',
  'client.read', 'client.manage', 'member.read', 'member.manage', 'token.manage', 'schedule.read', 'schedule.manage',
  'template.read', 'template.manage', 'workspace.read', 'workspace.manage', 'audit.read',
] as const;
export type Action = (typeof actions)[number];

const memberActions: readonly Action[] = [
  'campaign.read', 'application.read', 'application.move', 'application.vote', 'invite.read', 'invite.mark-interested',
  'customer-success.read', 'customer-success.request', 'agreement.read', 'replacement.choose', 'collaboration.read', 'parcel.write', 'result.read', 'result.write',
  'report.read', 'address.read', 'thread.read', 'thread.reply', 'mailbox.read', 'mailbox.write', 'broadcast.read', 'notice.read', 'notice.answer', 'creator.read', 'creator.write',
  'file.read', 'file.write', 'client.read', 'member.read', 'schedule.read', 'template.read', 'workspace.read',
];

const managerActions: readonly Action[] = [
  ...memberActions, 'campaign.write', 'campaign.publish', 'campaign.close', 'campaign.start', 'campaign.pause', 'campaign.reschedule', 'campaign.cancel', 'campaign.finish',
  'invite.send', 'agreement.send', 'agreement.withdraw', 'broadcast.send', 'address.write', 'client.manage', 'schedule.manage', 'template.manage',
  'audit.read', 'token.manage',
];

const customerSuccessActions: readonly Action[] = [...managerActions, 'application.add-by-hand', 'customer-success.resolve'];

/** Own client's campaigns only, which the queries see to; never notes, inbox, addresses, rates or other clients. */
const clientReviewerActions: readonly Action[] = ['campaign.read', 'application.read', 'application.vote', 'report.read', 'result.read', 'file.read'];

const allowed: Record<Role, ReadonlySet<Action>> = {
  owner: new Set(actions),
  admin: new Set(actions),
  manager: new Set(managerActions),
  'customer-success': new Set(customerSuccessActions),
  member: new Set(memberActions),
  'client-reviewer': new Set(clientReviewerActions),
};

/** The one policy, for REST, Slack and web alike. */
export function may(role: Role, action: Action): boolean {
  return allowed[role].has(action);
}

/** What an API token may be narrowed to. `operator` opens further workspaces and is given at set-up only. */
export const tokenScopes = ['read', 'write', 'operator'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** Whether a token's scopes cover an action; the role of its member is asked besides. */
export function scopeCovers(scopes: readonly string[], action: Action): boolean {
  return scopes.includes('write') || (scopes.includes('read') && action.endsWith('.read'));
}

import type { Action } from '../roles/policy.js';

/** What a live hint may be about, and what one must be allowed to read to hear of it. */
export const liveEntities = {
  agreement: 'agreement.read',
  application: 'application.read',
  broadcast: 'broadcast.read',
  campaign: 'campaign.read',
  collaboration: 'collaboration.read',
  creator: 'creator.read',
  'customer-success-request': 'customer-success.read',
  invite: 'invite.read',
  member: 'member.read',
  message: 'thread.read',
  notice: 'notice.read',
  result: 'result.read',
  story: 'campaign.read',
  template: 'template.read',
  thread: 'thread.read',
  unassigned: 'thread.read',
  workspace: 'workspace.read',
} as const satisfies Record<string, Action>;
export type LiveEntity = keyof typeof liveEntities;

/** What a creator hears of: their own thread and nothing else. */
export const liveForCreators: readonly LiveEntity[] = ['thread', 'message'];

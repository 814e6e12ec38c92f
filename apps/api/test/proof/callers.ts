import type { LinkPurpose } from '@sevenfold/core/creators';
import { may, roles, scopeCovers, tokenScopes, type Action, type Role } from '@sevenfold/domain/roles';
import { slackCredential } from '../api-world.js';
import type { Operation } from './document.js';
import type { Tenant } from './tenant.js';

/** What the policy says: on to the route itself, or which status instead. */
export type Verdict = 'through' | 403 | 401;

export interface Caller {
  name: string;
  token: string;
  headers?: Record<string, string>;
  /** For creators' routes it names a creator's own objects. */
  isCreator?: boolean;
  /** Objects that must be the caller's own. */
  own?: Record<string, string>;
  /** What it must be told, whatever else is in the request. */
  verdict(operation: Operation): Verdict;
}

/** Everybody who could call: each role, each kind of token and link, the Slack bot as itself and for somebody, and those who may not any more. */
export function callersOf(tenant: Tenant): Caller[] {
  return [
    ...roles.map((role) => ({ ...memberCaller(role, tenant.members[role].token, role, ['read', 'write']), own: tenant.own[role] })),
    memberCaller('token to read', tenant.narrow['token to read'] ?? '', 'owner', ['read']),
    memberCaller('token of an operator', tenant.narrow['token of an operator'] ?? '', 'owner', ['operator']),
    ...(['creator', 'agreement', 'invite'] as const).map((purpose) => linkCaller(purpose, tenant.links[purpose])),
    slackCaller(tenant),
    botCaller(tenant),
    ...Object.entries({
      nobody: '', 'a wrong token': `${tenant.ownerToken.slice(0, -1)}x`, ...tenant.ended, 'a link taken back': tenant.links.ended, 'a link past its time': tenant.links.expired,
      'a wrong Slack credential': `${slackCredential}x`,
    }).map(([name, token]): Caller => ({ name, token, verdict: ({ policy }) => (policy === 'public' ? 'through' : 401) })),
  ];
}

const isAction = (policy: string): policy is Action => policy.includes('.');

function memberCaller(name: string, token: string, role: Role, scopes: (typeof tokenScopes)[number][], headers?: Record<string, string>): Caller {
  return {
    name, token, ...(headers && { headers }),
    verdict: ({ policy }) => {
      if (policy === 'public') return 'through';
      if (policy === 'operator') return scopes.includes('operator') ? 'through' : 403;
      return isAction(policy) && may(role, policy) && scopeCovers(scopes, policy) ? 'through' : 403;
    },
  };
}

function linkCaller(purpose: LinkPurpose, token: string): Caller {
  return {
    name: `link: ${purpose}`, token, isCreator: true,
    verdict: ({ policy, links }) => (policy === 'public' || (policy === 'creator' && links.includes(purpose)) ? 'through' : 403),
  };
}

function slackCaller({ own, slack: { teamId, userId } }: Tenant): Caller {
  const headers = { 'x-acting-as': `slack:${teamId}:${userId}` };
  const caller = memberCaller('the Slack bot for a manager', slackCredential, 'manager', ['write'], headers);
  // It needs to say where, to be itself; acting for somebody is then beside the point.
  return { ...caller, own: own.manager, verdict: (operation) => (operation.policy === 'bot' ? 403 : caller.verdict(operation)) };
}

function botCaller({ workspaceId }: Tenant): Caller {
  return {
    name: 'the Slack bot itself', token: slackCredential, headers: { 'x-workspace': workspaceId },
    verdict: ({ policy }) => (policy === 'public' || policy === 'bot' ? 'through' : 403),
  };
}

import { DomainError } from '@sevenfold/domain/errors';
import { may, scopeCovers, type Action } from '@sevenfold/domain/roles';
import type { MemberPrincipal, Principal } from './principal.js';
import type { RoutePolicy } from './route-policy.js';

/**
 * Whether this caller may call a route with this policy.
 * @throws DomainError `forbidden`, saying what is missing
 */
export function allow(principal: Principal, policy: RoutePolicy): void {
  switch (policy.kind) {
    case 'public':
      return;
    case 'member':
      return allowMember(principal, policy.action);
    case 'operator':
      if (principal.kind === 'member' && principal.scopes.includes('operator')) return;
      throw new DomainError('forbidden', { scope: 'operator' }, 'This needs a token with the scope operator');
    case 'creator':
      if (principal.kind === 'creator' && policy.purposes.includes(principal.purpose)) return;
      throw new DomainError('forbidden', { purposes: [...policy.purposes] }, 'This needs another personal link');
    case 'bot':
      if (principal.kind === 'bot') return;
      throw new DomainError('forbidden', {}, 'Only the Slack bot itself may do this');
  }
}

function allowMember(principal: Principal, action: Action): void {
  if (principal.kind !== 'member') throw new DomainError('forbidden', { action }, 'Only members of the team may do this');
  allowAction(principal, action);
}

/** Asks role and scopes for one more action, where a route's answer depends on it. */
export function allowAction(principal: MemberPrincipal, action: Action): void {
  if (!may(principal.role, action)) throw new DomainError('forbidden', { action, role: principal.role });
  if (!scopeCovers(principal.scopes, action)) {
    throw new DomainError('forbidden', { action, scopes: principal.scopes }, 'The token was made for less than this');
  }
}

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Scope } from '@sevenfold/core/db';
import { DomainError } from '@sevenfold/domain/errors';
import type { Request } from 'express';
import type { CreatorPrincipal, MemberPrincipal, Principal } from './principal.js';

/** The signed-in caller of a request. @throws DomainError `unauthenticated` on public routes */
export function principalOf(request: Request): Principal {
  if (!request.principal) throw new DomainError('unauthenticated');
  return request.principal;
}

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<Request>();

/** Who acts in which workspace, for `Database.inWorkspace(scope, …)`. */
export const CurrentScope = createParamDecorator((_: unknown, context: ExecutionContext): Scope => principalOf(requestOf(context)).scope);

/** The member who calls. */
export const CurrentMember = createParamDecorator((_: unknown, context: ExecutionContext): MemberPrincipal => {
  const principal = principalOf(requestOf(context));
  if (principal.kind !== 'member') throw new DomainError('forbidden');
  return principal;
});

/** The creator who calls, with what their link is for. */
export const CurrentCreator = createParamDecorator((_: unknown, context: ExecutionContext): CreatorPrincipal => {
  const principal = principalOf(requestOf(context));
  if (principal.kind !== 'creator') throw new DomainError('forbidden');
  return principal;
});

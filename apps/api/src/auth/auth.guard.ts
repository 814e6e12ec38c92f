import { type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '@sevenfold/domain/errors';
import type { Request, Response } from 'express';
import type { RateLimiter } from '../http/rate-limiter.js';
import { allow } from './allow.js';
import type { Authenticator } from './authenticator.js';
import { routePolicyKey, type RoutePolicy } from './route-policy.js';

/** Finds out who calls, counts the call, and asks the policy; in this order, for every route. */
export class AuthGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(
    private readonly authenticator: Authenticator,
    private readonly limiter: RateLimiter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.reflector.get<RoutePolicy | undefined>(routePolicyKey, context.getHandler());
    if (!policy) throw new Error(`${context.getClass().name}.${context.getHandler().name} declares no policy`);
    if (policy.kind === 'public') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    request.principal = await this.authenticator.authenticate(request, policy);
    this.count(request.principal.caller, http.getResponse<Response>());
    allow(request.principal, policy);
    return true;
  }

  private count(caller: string, response: Response): void {
    const budget = this.limiter.take(caller);
    response.setHeader('RateLimit-Limit', String(budget.limit));
    response.setHeader('RateLimit-Remaining', String(budget.remaining));
    response.setHeader('RateLimit-Reset', String(budget.resetSeconds));
    if (!budget.allowed) throw new DomainError('too_many_requests', { retryAfterSeconds: budget.resetSeconds });
  }
}

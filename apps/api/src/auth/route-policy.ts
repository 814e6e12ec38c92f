import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { LinkPurpose } from '@sevenfold/core/creators';
import type { Action } from '@sevenfold/domain/roles';

/** Who may call a route. Every route says it; the start fails when one does not. */
export type RoutePolicy =
  | { kind: 'public' }
  | { kind: 'member'; action: Action }
  | { kind: 'operator' }
  | { kind: 'creator'; purposes: readonly LinkPurpose[] }
  | { kind: 'bot' };

export const routePolicyKey = 'sevenfold:policy';

/** Said to the guard and, by `x-policy` and `x-links` (the purposes of personal links), to who reads the API's description. */
const policy = (value: RoutePolicy): MethodDecorator =>
  applyDecorators(
    SetMetadata(routePolicyKey, value),
    ApiExtension('x-policy', value.kind === 'member' ? value.action : value.kind),
    ...(value.kind === 'creator' ? [ApiExtension('x-links', [...value.purposes])] : []),
    ...(value.kind === 'public' ? [] : [ApiBearerAuth(value.kind === 'creator' ? 'link' : 'token')]),
  );

/** Members whose role allows `action` (X7), with a token whose scopes cover it. */
export const Can = (action: Action) => policy({ kind: 'member', action });

/** Anybody. What the route needs to know it finds out itself (a signature, a link in the path). */
export const Public = () => policy({ kind: 'public' });

/**
 * Creators by their personal link. A `creator` link opens every creator route; a narrower one only the routes that
 * name its purpose: `@ForCreator('agreement')`.
 */
export const ForCreator = (...narrower: Exclude<LinkPurpose, 'creator'>[]) =>
  policy({ kind: 'creator', purposes: ['creator', ...narrower] });

/** Whoever runs the installation: a token with the scope `operator`. */
export const ForOperator = () => policy({ kind: 'operator' });

/** The Slack bot by its own credential, without acting as somebody. The workspace is in `X-Workspace`. */
export const ForBot = () => policy({ kind: 'bot' });

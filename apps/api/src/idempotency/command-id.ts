import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { commandId, newId } from '@sevenfold/platform/ids';
import type { Request } from 'express';
import { principalOf } from '../auth/decorators.js';

/**
 * The id of the command a request asks for: the same for the same workspace, method, path and Idempotency-Key, so
 * that a repeat finds what the first one did; a fresh one without a key.
 */
export function commandIdOf(request: Request): string {
  const key = request.header('idempotency-key');
  const { workspaceId } = principalOf(request).scope;
  return key === undefined ? newId() : commandId(workspaceId, request.method, request.path, key);
}

/** `@CommandId() commandId: string`. */
export const CommandId = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  commandIdOf(context.switchToHttp().getRequest<Request>()),
);

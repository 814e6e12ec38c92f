import type { SystemDatabase } from '@sevenfold/core/system';
import { resolveSlackMember } from '@sevenfold/core/team';
import { DomainError } from '@sevenfold/domain/errors';
import { sameSecret } from '@sevenfold/platform/crypto';
import type { Request } from 'express';
import { z } from 'zod';
import type { BotPrincipal, MemberPrincipal } from './principal.js';

const actingAs = /^slack:([A-Z0-9]{1,40}):([A-Z0-9]{1,40})$/;
const uuid = z.uuid();

/** The Slack bot's credential. It says for whom it acts; that member's role decides, and the audit says "via Slack". */
export class SlackCredential {
  /** @param secret undefined when the installation has no Slack bot: then nothing matches */
  constructor(
    private readonly system: SystemDatabase,
    private readonly secret: string | undefined,
  ) {}

  matches(bearer: string): boolean {
    return this.secret !== undefined && sameSecret(bearer, this.secret);
  }

  /** @param asItself the route is for the bot itself */
  async principal(request: Request, asItself: boolean): Promise<MemberPrincipal | BotPrincipal> {
    const workspaceId = workspaceOf(request);
    return asItself ? this.bot(request, workspaceId) : this.member(request, workspaceId);
  }

  private bot(request: Request, workspaceId: string | undefined): BotPrincipal {
    if (workspaceId === undefined) throw new DomainError('forbidden', {}, 'Say in X-Workspace in which workspace');
    const actor = { kind: 'system' as const, via: 'engine' as const };
    return { kind: 'bot', scope: { workspaceId, actor, requestId: request.id }, caller: 'slack-bot' };
  }

  private async member(request: Request, workspaceId: string | undefined): Promise<MemberPrincipal> {
    const [, team, user] = actingAs.exec(request.header('x-acting-as') ?? '') ?? [];
    if (team === undefined || user === undefined) {
      throw new DomainError('forbidden', {}, 'Say in X-Acting-As for whom: slack:{team}:{user}');
    }
    const found = await resolveSlackMember(this.system, team, user, workspaceId);
    if (found.length === 0) throw new DomainError('forbidden', {}, 'This Slack user is linked to no member');
    const [member] = found;
    if (member === undefined || found.length > 1) {
      throw new DomainError('forbidden', {}, 'This Slack user is linked in several workspaces: say which in X-Workspace');
    }
    const { memberId, role, clientId } = member;
    const actor = { kind: 'member' as const, memberId, role, clientId, via: 'slack' as const };
    const scope = { workspaceId: member.workspaceId, actor, requestId: request.id };
    const session = { kind: 'member' as const, id: memberId };
    return { kind: 'member', scope, memberId, role, clientId, scopes: ['write'], caller: `slack:${team}:${user}`, session };
  }
}

function workspaceOf(request: Request): string | undefined {
  const given = request.header('x-workspace');
  if (given === undefined) return undefined;
  if (!uuid.safeParse(given).success) throw new DomainError('forbidden', {}, 'X-Workspace is no id of a workspace');
  return given;
}

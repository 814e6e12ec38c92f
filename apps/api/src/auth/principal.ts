import type { LinkPurpose } from '@sevenfold/core/creators';
import type { Scope } from '@sevenfold/core/db';
import type { LiveSession } from '@sevenfold/core/live';
import type { Role } from '@sevenfold/domain/roles';

/** A member of the team, by token or through the Slack bot. */
export interface MemberPrincipal {
  kind: 'member';
  scope: Scope;
  memberId: string;
  role: Role;
  /** The one client a client reviewer may see. */
  clientId: string | null;
  /** What the token was made for; `['*']` when a person acts through a door without tokens. */
  scopes: string[];
  /** Whose request budget it uses. */
  caller: string;
  /** What ends when they may no longer. */
  session: LiveSession;
}

/** A creator with a personal link. */
export interface CreatorPrincipal {
  kind: 'creator';
  scope: Scope;
  creatorId: string;
  purpose: LinkPurpose;
  /** The invite or agreement the link is for. */
  refId: string | null;
  caller: string;
  session: LiveSession;
}

/** The Slack bot itself, in one workspace: it reads what to post and says where it did. */
export interface BotPrincipal {
  kind: 'bot';
  scope: Scope;
  caller: string;
}

export type Principal = MemberPrincipal | CreatorPrincipal | BotPrincipal;

declare module 'express-serve-static-core' {
  interface Request {
    /** Set by the guard on every route that is not public. */
    principal?: Principal;
  }
}

import type { LiveEvent } from '@sevenfold/core/live';
import { liveEntities, liveForCreators } from '@sevenfold/domain/live';
import { may, scopeCovers } from '@sevenfold/domain/roles';
import type { MemberPrincipal } from '../auth/principal.js';

/** Whether one connection may hear of something. */
export type Hears = (event: LiveEvent) => boolean;

/** A member hears of what they may read: by role and by the token's scopes, a client reviewer of their own client's campaigns alone. */
export function memberHears({ role, scopes, clientId }: Pick<MemberPrincipal, 'role' | 'scopes' | 'clientId'>): Hears {
  return (event) => {
    // A version that comes after us may know more.
    if (!Object.hasOwn(liveEntities, event.entity)) return false;
    const action = liveEntities[event.entity];
    if (!may(role, action) || !scopeCovers(scopes, action)) return false;
    return role !== 'client-reviewer' || (event.campaignShown && clientId !== null && event.clientId === clientId);
  };
}

/** A creator hears of their own thread. */
export function creatorHears(creatorId: string): Hears {
  return ({ entity, creatorId: whose }) => whose === creatorId && liveForCreators.includes(entity);
}

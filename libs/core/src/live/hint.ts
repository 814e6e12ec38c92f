import { liveEntities, type LiveEntity } from '@sevenfold/domain/live';
import type { Tx } from '../db/tx.js';
import { remember } from './pending.js';

/** What changed. Nothing of its content: whoever hears it reads it again, as far as they may. */
export interface Hint {
  entity: LiveEntity;
  id: string;
  /** The row's own version after the change, where it has one: who has read that or a later one need not look again. */
  version?: number | null;
  /** Whose it is. A creator hears of `thread` and `message` with their own id here, and of nothing else. */
  creatorId?: string | null;
  /** Client reviewers hear only of what carries a campaign of their client; a campaign carries itself. */
  campaignId?: string | null;
}

export interface HintOptions {
  /** In bulk paths: rings no bell. It is seen within a second all the same. */
  quiet?: boolean;
}

/**
 * Tells everybody who looks at these rows that they have changed, once this transaction has committed. Call it where a row changes, after
 * the change; several calls for one row are one hint. What is audited is hinted by that already. In bulk call it for the whole (the
 * broadcast), not for each of its thousands.
 */
export async function hint(tx: Pick<Tx, 'em'>, what: Hint | readonly Hint[], { quiet = false }: HintOptions = {}): Promise<void> {
  const hints: readonly Hint[] = 'entity' in what ? [what] : what;
  for (const each of hints) remember(tx, each, !quiet);
}

/** What an audit entry is about has changed; of what nobody can hear by itself, its campaign has. */
export function hintAudited(tx: Pick<Tx, 'em'>, { entity, id, campaignId }: { entity: string; id: string; campaignId: string | null }): void {
  if (isLive(entity)) remember(tx, { entity, id, campaignId }, true);
  else if (campaignId !== null) remember(tx, { entity: 'campaign', id: campaignId }, true);
}

function isLive(entity: string): entity is LiveEntity {
  return Object.hasOwn(liveEntities, entity);
}

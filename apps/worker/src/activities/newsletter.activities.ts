import { nextDigest, runDigest } from '@sevenfold/core/newsletters';
import type { PeriodicActivities } from '@sevenfold/workflows';
import { engineScope, type ActivityDeps } from './deps.js';

/** The newsletter of a workspace's day. */
export function newsletterActivities({ db }: ActivityDeps): PeriodicActivities {
  return {
    nextDigest: ({ workspaceId }) => db.inWorkspace(engineScope(workspaceId), (tx) => nextDigest(tx)),
    runDigest: ({ workspaceId, digestId, at }) =>
      db.inWorkspace(engineScope(workspaceId), (tx) => runDigest(tx, digestId), { notBefore: at }),
  };
}

import { campaignSnapshot, runCommand, runMilestone } from '@sevenfold/core/campaigns';
import type { Json, Outcome } from '@sevenfold/domain/errors';
import type { CampaignActivities, CommandAnswer } from '@sevenfold/workflows';
import type { ActivityDeps } from './deps.js';
import { engineScope } from './deps.js';

/** The campaign's workflow reaches its row through these three. */
export function campaignActivities({ db }: ActivityDeps): CampaignActivities {
  return {
    loadCampaign: ({ workspaceId, campaignId }) =>
      db.inWorkspace(engineScope(workspaceId), (tx) => campaignSnapshot(tx, campaignId)),

    runCommand: ({ workspaceId, campaignId, commandId, at }) =>
      db.inWorkspace(
        engineScope(workspaceId),
        async (tx) => {
          return { outcome: inShort(await runCommand(tx, commandId)), campaign: await campaignSnapshot(tx, campaignId) };
        },
        { notBefore: at },
      ),

    runMilestone: ({ workspaceId, campaignId, key, at }) =>
      db.inWorkspace(
        engineScope(workspaceId),
        async (tx) => {
          await runMilestone(tx, { campaignId, key });
          return campaignSnapshot(tx, campaignId);
        },
        { notBefore: at },
      ),
  };
}

/** The answer goes into the campaign's history, so it names nobody: the whole outcome is in the command's row. */
function inShort(outcome: Outcome<Json>): CommandAnswer {
  return outcome.ok ? { ok: true } : { ok: false, code: outcome.code };
}

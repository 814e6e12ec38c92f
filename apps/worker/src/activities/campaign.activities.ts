import { campaignSnapshot, runCommand, runMilestone } from '@sevenfold/core/campaigns';
import type { CampaignActivities } from '@sevenfold/workflows';
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
          const outcome = await runCommand(tx, commandId);
          return { outcome, campaign: await campaignSnapshot(tx, campaignId) };
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

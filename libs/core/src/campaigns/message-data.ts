import type { Tx } from '../db/tx.js';
import { Client } from '../workspaces/client.entity.js';
import { Workspace } from '../workspaces/workspace.entity.js';
import type { Campaign } from './campaign.entity.js';

/** What every message about a campaign may name: the workspace, its client, the campaign and whom to ask. */
export async function campaignMessageData(tx: Tx, campaign: Campaign) {
  const workspace = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId });
  const client = campaign.clientId ? await tx.em.findOne(Client, { id: campaign.clientId }) : null;
  const { id, name, startsOn, endsOn, timeZone, details } = campaign;
  return {
    locale: workspace.locale,
    zone: timeZone ?? workspace.timeZone,
    workspace: { name: workspace.name },
    client: { name: client?.name ?? workspace.name },
    campaign: { id, name: name ?? '', startsOn, endsOn },
    ...(details.contact ? { contact: details.contact } : {}),
  };
}

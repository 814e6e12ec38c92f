import type { CampaignDraft } from '@sevenfold/domain/campaigns';
import { DomainError } from '@sevenfold/domain/errors';
import { checkQualified, unknownFields } from '../applications/check-qualified.js';
import { loadCreator } from '../applications/creator-facts.js';
import { isOpen } from '../applications/phase.js';
import { Campaign } from '../campaigns/campaign.entity.js';
import type { Tx } from '../db/tx.js';
import { Client } from '../workspaces/client.entity.js';
import { Workspace } from '../workspaces/workspace.entity.js';
import { Invite } from './invite.entity.js';

/** An invite as its creator sees it. */
export interface OwnInvite {
  id: string;
  workspace: string;
  client: string;
  campaign: {
    id: string;
    name: string;
    brief: string | null;
    startsOn: string | null;
    endsOn: string | null;
    closesAt: string | null;
    timeZone: string;
    contact: CampaignDraft['contact'] | null;
  };
  creator: { name: string };
  status: 'sent' | 'interested' | 'not-qualified';
  /** Whether interest can be shown now. */
  open: boolean;
  /** Values nobody knows and a requirement asks for. */
  asked: { path: string; message: string }[];
}

/** A creator's own invite. @throws DomainError `not_found` */
export async function ownInvite(tx: Tx, { inviteId, creatorId }: { inviteId: string; creatorId: string }): Promise<OwnInvite> {
  const invite = await tx.em.findOne(Invite, { id: inviteId, creatorId });
  if (!invite) throw new DomainError('not_found', { entity: 'invite' });
  const campaign = await tx.em.findOneOrFail(Campaign, { id: invite.campaignId });
  const workspace = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId });
  const client = campaign.clientId ? await tx.em.findOne(Client, { id: campaign.clientId }) : null;
  const known = await loadCreator(tx, creatorId);
  const { unknown } = checkQualified(campaign, known, tx.now);
  return {
    id: invite.id,
    workspace: workspace.name,
    client: client?.name ?? workspace.name,
    campaign: {
      id: campaign.id,
      name: campaign.name ?? '',
      brief: campaign.details.brief ?? null,
      startsOn: campaign.startsOn ?? null,
      endsOn: campaign.endsOn ?? null,
      closesAt: campaign.closesAt?.toISOString() ?? null,
      timeZone: campaign.timeZone ?? 'UTC',
      contact: campaign.details.contact ?? null,
    },
    creator: { name: known.creator.name },
    status: invite.status,
    open: isOpen(campaign, tx.now),
    asked: unknownFields(unknown),
  };
}

/** A creator's own invites, newest first. */
export async function ownInvites(tx: Tx, creatorId: string): Promise<OwnInvite[]> {
  const invites = await tx.em.find(Invite, { creatorId }, { orderBy: { createdAt: 'desc', id: 'desc' }, limit: 100 });
  const found: OwnInvite[] = [];
  for (const { id } of invites) found.push(await ownInvite(tx, { inviteId: id, creatorId }));
  return found;
}

import { createCampaign, requestCommand, runCommand, runMilestone, type CommandName } from '@sevenfold/core/campaigns';
import type { AgreementStatus } from '@sevenfold/domain/agreements';
import type { ApplicationStatus } from '@sevenfold/domain/applications';
import type { CampaignDraft } from '@sevenfold/domain/campaigns';
import type { Json, Outcome } from '@sevenfold/domain/errors';
import type { Role } from '@sevenfold/domain/roles';
import type { Scope } from '@sevenfold/core/db';
import { newId } from '@sevenfold/platform/ids';
import type { SocialPlugin } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '../fakes/index.js';
import { messagingWorld, type MessagingWorld } from '../messaging/index.js';

export interface ApplicantOptions {
  name?: string;
  status?: ApplicationStatus;
  /** The state of their agreement; none unless told. */
  agreement?: AgreementStatus;
}

/** A workspace with a client and a manager, for tests of the life of campaigns. No engine: commands are run directly. */
export interface CampaignWorld extends MessagingWorld {
  clientId: string;
  manager: Scope;
  addMember(name: string, role?: Role): Promise<Scope>;
  /** A draft with everything that publishing needs, but for what is overridden. */
  addDraft(fields?: Partial<CampaignDraft>): Promise<string>;
  /** Stores a command and carries it out, as the engine does. */
  command(name: CommandName, campaignId: string, input?: Json, by?: { scope?: Scope; id?: string }): Promise<Outcome<Json>>;
  /** A published campaign. */
  addPublished(fields?: Partial<CampaignDraft>): Promise<string>;
  milestone(campaignId: string, key: string): Promise<void>;
  addApplicant(campaignId: string, options?: ApplicantOptions): Promise<string>;
}

export async function campaignWorld(options: { socials?: readonly SocialPlugin[] } = {}): Promise<CampaignWorld> {
  const base = await messagingWorld([fakeChannel({ channel: 'email' }), fakeChannel({ channel: 'sms', traits: { newsletter: false } })], 12, options.socials ?? []);
  const { db, rows, workspaceId, clock } = base;
  const clientId = newId();
  await rows('insert into client (id, workspace_id, created_at, name) values (?, ?, ?, ?)', [
    clientId,
    workspaceId,
    await clock.now(),
    'Brand',
  ]);

  const addMember = async (name: string, role: Role = 'manager'): Promise<Scope> => {
    const id = newId();
    await rows('insert into member (id, workspace_id, created_at, name, email, role) values (?, ?, ?, ?, ?, ?)', [
      id,
      workspaceId,
      await clock.now(),
      name,
      `${id}@team.test`,
      role,
    ]);
    return { workspaceId, actor: { kind: 'member', memberId: id, role, via: 'api' } };
  };
  const manager = await addMember('Mara');

  const world: CampaignWorld = {
    ...base,
    clientId,
    manager,
    addMember,
    addDraft: (fields = {}) =>
      db.inWorkspace(manager, async (tx) => (await createCampaign(tx, { ...complete(clientId), ...fields })).id),
    async command(name, campaignId, input = {}, { scope = manager, id = newId() } = {}) {
      const known = await db.inWorkspace(scope, (tx) => requestCommand(tx, { id, name, campaignId, input }));
      return known ?? db.inWorkspace(base.scope, (tx) => runCommand(tx, id));
    },
    async addPublished(fields) {
      const id = await world.addDraft(fields);
      const outcome = await world.command('publish', id);
      if (!outcome.ok) throw new Error(`not published: ${JSON.stringify(outcome)}`);
      return id;
    },
    milestone: (campaignId, key) => base.run((tx) => runMilestone(tx, { campaignId, key })),
    async addApplicant(campaignId, { name = 'Ada', status = 'pending', agreement } = {}) {
      const creatorId = await base.addCreator({ name });
      const applicationId = newId();
      const now = await clock.now();
      await rows(
        `insert into application (id, workspace_id, created_at, campaign_id, creator_id, status, source, answers, profile_ids)
         values (?, ?, ?, ?, ?, ?, 'applied', '{}', '[]')`,
        [applicationId, workspaceId, now, campaignId, creatorId, status],
      );
      if (agreement) await addAgreement(base, { campaignId, creatorId, applicationId, status: agreement });
      return creatorId;
    },
  };
  return world;
}

function complete(clientId: string): CampaignDraft {
  return {
    name: 'Spring',
    clientId,
    brief: 'Show the new shoe.',
    startsOn: '2026-12-07',
    endsOn: '2026-12-20',
    timeZone: 'Europe/Amsterdam',
    requirements: {},
    contact: { name: 'Mara', phone: '+31 20 555 0100' },
  };
}

interface AgreementRow {
  campaignId: string;
  creatorId: string;
  applicationId: string;
  status: AgreementStatus;
}

async function addAgreement({ rows, workspaceId, clock }: MessagingWorld, row: AgreementRow): Promise<void> {
  const now = await clock.now();
  const blobId = newId();
  await rows('insert into blob (id, workspace_id, created_at, sha256, content_type, size) values (?, ?, ?, ?, ?, 1)', [
    blobId,
    workspaceId,
    now,
    newId(),
    'text/html',
  ]);
  const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  await rows(
    `insert into agreement (id, workspace_id, created_at, campaign_id, creator_id, application_id, status, terms, document_blob_id,
       document_hash, sent_at, remind_at, expires_at, signed_at)
     values (?, ?, ?, ?, ?, ?, ?, '{}', ?, 'hash', ?, ?, ?, ?)`,
    [
      newId(),
      workspaceId,
      now,
      row.campaignId,
      row.creatorId,
      row.applicationId,
      row.status,
      blobId,
      now,
      later(48),
      later(72),
      row.status === 'accepted' ? now : null,
    ],
  );
}

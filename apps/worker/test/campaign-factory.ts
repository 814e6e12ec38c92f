import { apply, moveApplication } from '@sevenfold/core/applications';
import { sign, decline, dropOut } from '@sevenfold/core/agreements';
import { createCampaign } from '@sevenfold/core/campaigns';
import { createCreator, type CreateCreatorInput } from '@sevenfold/core/creators';
import { createClient } from '@sevenfold/core/workspaces';
import type { Actor } from '@sevenfold/domain/actors';
import type { ApplicationStatus } from '@sevenfold/domain/applications';
import type { CampaignDraft } from '@sevenfold/domain/campaigns';
import type { Rig } from './rig.js';

/** What people do in a scenario, in one word each. */
export class Cast {
  constructor(private readonly scenario: Pick<Rig, 'as' | 'owner'>) {}

  /** A complete draft; `change` wins. */
  async draft(change: Partial<CampaignDraft> = {}): Promise<string> {
    const { as, owner } = this.scenario;
    return as(owner, async (tx) => {
      const client = await createClient(tx, { name: `Client ${tx.now.getTime()}-${Math.random()}` });
      const campaign = await createCampaign(tx, {
        name: 'Spring launch', clientId: client.id, brief: 'Show how you start your day.',
        startsOn: '2027-05-01', endsOn: '2027-06-30', timeZone: 'Europe/Amsterdam', requirements: {},
        contact: { name: 'Mia', phone: '+31201234567' },
        terms: { feeMinor: 25_000, currency: 'EUR', payDate: '2027-07-15', deliverables: ['One reel'], usageRights: 'Twelve months, own channels' },
        ...change,
      });
      return campaign.id;
    });
  }

  async creator(name: string, channel: 'in-app' | 'email' | 'sms', more: Partial<CreateCreatorInput> = {}): Promise<string> {
    const { as, owner } = this.scenario;
    const address = channel === 'email' ? `${name.toLowerCase()}@creators.test` : '+31612345678';
    return as(owner, async (tx) => {
      const creator = await createCreator(tx, {
        name, timeZone: 'Europe/Amsterdam', newsletterOptIn: true,
        ...(channel === 'in-app' ? { hasApp: true } : { contactPoints: [{ channel, address }] }), ...more,
      });
      return creator.id;
    });
  }

  creatorActor(creatorId: string): Actor {
    return { kind: 'creator', creatorId, via: 'link' };
  }

  apply(campaignId: string, creatorId: string): Promise<{ applicationId: string }> {
    return this.scenario.as(this.creatorActor(creatorId), (tx) => apply(tx, { campaignId, creatorId, motivation: 'I would love to', answers: {} }));
  }

  async move(applicationId: string, status: ApplicationStatus): Promise<void> {
    await this.scenario.as(this.scenario.owner, (tx) => moveApplication(tx, { applicationId, to: status }));
  }

  /** The latest agreement of a creator in a campaign. */
  async agreement(campaignId: string, creatorId: string): Promise<{ id: string; status: string; documentHash: string; expiresAt: string; remindedAt: string | null }> {
    return this.scenario.as(this.scenario.owner, async (tx) => {
      const [row] = await tx.em.execute<{ id: string; status: string; documentHash: string; expiresAt: string; remindedAt: string | null }[]>(
        `select id, status, document_hash as "documentHash", expires_at as "expiresAt", reminded_at as "remindedAt" from agreement
          where campaign_id = ? and creator_id = ? order by created_at desc, id desc limit 1`,
        [campaignId, creatorId],
      );
      if (!row) throw new Error('There is no agreement');
      return row;
    });
  }

  async sign(campaignId: string, creatorId: string, name = 'A Name'): Promise<void> {
    const { id, documentHash } = await this.agreement(campaignId, creatorId);
    await this.scenario.as(this.creatorActor(creatorId), (tx) =>
      sign(tx, { agreementId: id, creatorId, name, agreed: true, documentHash, ip: '203.0.113.7', userAgent: 'test' }),
    );
  }

  async decline(campaignId: string, creatorId: string): Promise<void> {
    const { id } = await this.agreement(campaignId, creatorId);
    await this.scenario.as(this.creatorActor(creatorId), (tx) => decline(tx, { agreementId: id, creatorId }));
  }

  async dropOut(campaignId: string, creatorId: string): Promise<void> {
    const { id } = await this.agreement(campaignId, creatorId);
    await this.scenario.as(this.creatorActor(creatorId), (tx) => dropOut(tx, { agreementId: id, creatorId }));
  }

  /** What was said to whom, by kind and channel, and how it stands. */
  async messages(campaignId: string | null): Promise<{ creator: string; kind: string; channel: string | null; status: string }[]> {
    return this.scenario.as(this.scenario.owner, (tx) =>
      tx.em.execute(
        `select c.name as creator, m.kind, m.channel, m.status from message m join creator c on c.id = m.creator_id
          where m.direction = 'out' and (m.campaign_id = ? or ?::uuid is null) order by m.created_at, c.name, m.kind`,
        [campaignId, campaignId],
      ),
    );
  }

  async milestones(campaignId: string): Promise<{ key: string; status: string; dueAt: string; doneAt: string | null; note: string | null }[]> {
    const rows = await this.scenario.as(this.scenario.owner, (tx) =>
      tx.em.execute<{ key: string; status: string; due_at: string; done_at: string | null; note: string | null }[]>(
        'select key, status, due_at, done_at, note from campaign_milestone where campaign_id = ? order by due_at, position',
        [campaignId],
      ),
    );
    const iso = (value: string | null): string | null => (value === null ? null : new Date(value).toISOString());
    return rows.map(({ key, status, due_at, done_at, note }) => ({ key, status, dueAt: iso(due_at) ?? '', doneAt: iso(done_at), note }));
  }
}

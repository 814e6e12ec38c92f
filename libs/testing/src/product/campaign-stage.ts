import { until } from '../util/until.js';
import type { TestApi } from './api.js';

export interface StagedCreator {
  id: string;
  name: string;
  api: TestApi;
}

export interface StageOptions {
  /** How long a day of the campaign takes, in ms. */
  dayMs: number;
  /** When it closes by itself; 7 unless told. */
  closeDay?: number;
  name?: string;
}

/** A workspace of its own with one campaign on a short schedule, moved through its life over REST. */
export class CampaignStage {
  private constructor(
    /** The workspace's owner. */
    readonly api: TestApi,
    readonly campaignId: string,
    readonly workspaceId: string,
  ) {}

  /** Opens a workspace and writes a complete draft. @param operator a token with the scope operator */
  static async open(operator: TestApi, { dayMs, closeDay = 7, name = 'Spring launch' }: StageOptions): Promise<CampaignStage> {
    const run = `${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
    const workspace = await operator.made('/v1/workspaces', {
      name: `Agency ${run}`, timeZone: 'Europe/Amsterdam', subscription: 'professional', owner: { name: 'Olga Owner', email: `olga.${run}@agency.test` },
    });
    const api = operator.as(String(workspace['token']));
    // Tests run at any hour, and what disturbs would wait for the morning.
    await api.patch('/v1/workspace', { messaging: { quietHours: null } });
    const client = await api.made('/v1/clients', { name: 'Northwind' });
    const schedule = await api.made('/v1/schedules', { name: 'Short days', schedule: shortSchedule(dayMs, closeDay) });
    const campaign = await api.made('/v1/campaigns', {
      name, clientId: client['id'], brief: 'Show how you start your day.', startsOn: '2027-05-01', endsOn: '2027-06-30',
      timeZone: 'Europe/Amsterdam', requirements: {}, contact: { name: 'Mia', phone: '+31201234567' }, scheduleId: schedule['id'],
      terms: { feeMinor: 25_000, currency: 'EUR', payDate: '2027-07-15', deliverables: ['One reel'], usageRights: 'Twelve months' },
    });
    return new CampaignStage(api, String(campaign['id']), String(workspace['workspace']?.['id']));
  }

  path = (rest: string): string => `/v1/campaigns/${this.campaignId}${rest}`;

  /** A creator with a personal link to the whole creator API. */
  async creator(name: string, contact: { email?: string; sms?: string; app?: boolean; newsletter?: boolean } = {}): Promise<StagedCreator> {
    const contactPoints = [
      ...(contact.email ? [{ channel: 'email', address: contact.email }] : []),
      ...(contact.sms ? [{ channel: 'sms', address: contact.sms }] : []),
    ];
    const made = await this.api.made('/v1/creators', { name, timeZone: 'Europe/Amsterdam', contactPoints, newsletterOptIn: contact.newsletter ?? true });
    const id = String(made['id']);
    const link = await this.api.made(`/v1/creators/${id}/links`, {});
    const api = this.api.as(String(link['token']));
    if (contact.app) await api.put('/v1/creator/app', {});
    return { id, name, api };
  }

  publish = () => this.api.post(this.path('/publish'));

  async apply(creator: StagedCreator): Promise<string> {
    const made = await creator.api.made(`/v1/creator/campaigns/${this.campaignId}/applications`, { motivation: 'I would love to' });
    return String(made['applicationId'] ?? made['id']);
  }

  async select(applicationId: string): Promise<void> {
    const { status, body } = await this.api.patch(`/v1/applications/${applicationId}`, { status: 'selected' });
    if (status !== 200) throw new Error(`Selecting answered ${status}: ${JSON.stringify(body)}`);
  }

  sendAgreements = () => this.api.post(this.path('/agreements'));

  /** The creator's own latest agreement here. */
  async agreementOf(creator: StagedCreator): Promise<{ id: string; documentHash: string; status: string }> {
    const { body } = await creator.api.get('/v1/creator/agreements');
    const own = (body.data ?? []).find((each) => String(each['campaignId'] ?? each['campaign']?.['id']) === this.campaignId);
    if (!own) throw new Error(`${creator.name} has no agreement: ${JSON.stringify(body)}`);
    return { id: String(own['id']), documentHash: String(own['documentHash']), status: String(own['status']) };
  }

  async sign(creator: StagedCreator) {
    const { id, documentHash } = await this.agreementOf(creator);
    return creator.api.post(`/v1/creator/agreements/${id}/sign`, { name: creator.name, agreed: true, documentHash });
  }

  /** Waits until the campaign has this status. */
  async reached(status: string, timeoutMs = 60_000): Promise<void> {
    await until(async () => String((await this.api.get(this.path(''))).body['status']) === status, {
      timeoutMs, everyMs: 200, what: `the campaign to be ${status}`,
    });
  }
}

function shortSchedule(dayMs: number, closeDay: number): object {
  const at = (key: string, action: string, day: number, lateness = 'drop') => ({ key, action, moment: { day, at: '09:00' }, lateness });
  return {
    day: { ms: dayMs },
    milestones: [
      { key: 'story', action: 'post-story', moment: { afterMs: 300_000 }, lateness: 'run' },
      at('select', 'remind-select', 3), at('invite', 'remind-invite', 4), at('agreements', 'remind-agreements', 5),
      at('summary', 'summary', 6), at('close', 'close', closeDay, 'run'),
    ],
  };
}

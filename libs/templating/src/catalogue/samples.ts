import type { TemplateData } from '../engine/render.js';

/** What a template is given: everything it may ever get, and the least it always gets. Texts of the sample stand for those of the real data. */
export interface Sample {
  readonly full: TemplateData;
  readonly least: TemplateData;
}

const workspace = { name: 'Sample Agency' };
const creator = { name: 'Ada Sample' };
const least = { locale: 'en', zone: 'Europe/Amsterdam', workspace, creator };

const client = { name: 'Sample Brand' };
const contact = { name: 'Grace Sample', phone: '+31 20 123 4567', chatUrl: 'https://chat.example/grace' };
const named = { id: '00000000-0000-7000-8000-000000000000', name: 'Spring' };
const campaign = { ...named, startsOn: '2026-12-01', endsOn: '2026-12-31' };
const link = 'https://sevenfold.example/c/sample';
const unsubscribeUrl = 'https://sevenfold.example/u/sample';
const closesAt = '2026-11-27T08:00:00Z';
const expiresAt = '2026-11-28T09:00:00Z';

/** A message about a campaign: what it always has, and what some have. */
const about = (always: TemplateData = {}, sometimes: TemplateData = {}): Sample => ({
  least: { ...least, client, campaign: named, ...always },
  full: { ...least, client, campaign, contact, unsubscribeUrl, ...always, ...sometimes },
});

const asked = { metric: 'reach', platform: 'Instagram' };
const entered = { name: 'Spring', clientName: 'Sample Brand', summary: 'Show the shoes.', closesAt, link };
const typed = { body: 'Parcels leave on Monday.' };
const terms = {
  feeMinor: 125_000, currency: 'EUR', payDate: '2027-01-15', deliverables: ['1 reel of 30 seconds', '3 stories with a link'],
  usageRights: 'The client may repost on its own channels for 12 months.',
};

/** What each template is given. */
export const samples = {
  invite: about({ link, campaign: { ...named, closesAt } }, { campaign: { ...campaign, summary: 'Show the shoes.', closesAt } }),
  'invite-interest-received': about({ link }),
  'agreement-sent': about({ link, agreement: { expiresAt } }),
  'agreement-reminder': about({ link, agreement: { expiresAt } }),
  'agreement-withdrawn': about({ agreement: { expiresAt } }),
  congratulations: about({ link }),
  bummer: about(),
  newsletter: { least: { ...least, campaigns: [entered] }, full: { ...least, campaigns: [entered], unsubscribeUrl } },
  'campaign-cancelled': about(),
  'campaign-resumed': about({}, { link, agreement: { expiresAt }, campaign: { ...campaign, closesAt } }),
  'group-message': about(typed, { title: 'A word to all', link }),
  'direct-message': { least: { ...least, ...typed }, full: { ...least, client, campaign, contact, unsubscribeUrl, ...typed, title: 'A word to you', link } },
  'results-request': about({ link, figures: [asked] }, { figures: [{ ...asked, why: 'The client pays for it', how: 'Insights', dueOn: '2026-12-05' }] }),
  'results-reminder': about({ link, figures: [asked] }, { figures: [{ ...asked, why: 'The client pays for it', how: 'Insights', dueOn: '2026-12-05' }] }),
  'agreement-document': about(
    { terms, agreement: { id: named.id, preparedAt: closesAt }, workspace: { ...workspace, representsClient: true }, campaign: { name: 'Spring' } },
    { creator: { ...creator, handle: '@ada' }, campaign: { name: 'Spring', startsOn: campaign.startsOn, endsOn: campaign.endsOn } },
  ),
  'story-card': {
    least: { locale: 'en', zone: 'Europe/Amsterdam', workspace, client, campaign: { name: 'Spring' } },
    full: { locale: 'en', zone: 'Europe/Amsterdam', workspace, client, campaign: { name: 'Spring', closesAt }, hashtags: ['#spring'] },
  },
} satisfies Record<string, Sample>;

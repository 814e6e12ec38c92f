import type { MarketplaceCampaign } from '@sevenfold/core/applications';
import type { OwnCollaboration } from '@sevenfold/core/collaborations';
import type { ResultView } from '@sevenfold/core/results';
import { applyForm } from './apply-form.js';
import { contactCard } from './contact.js';
import { entryForm } from './entry-form.js';
import { problemList, type Problems } from './fields.js';
import { html, paragraphs, type Html } from './html.js';
import { resultsSection } from './results-form.js';
import { day, when } from './when.js';

export interface CampaignPage {
  campaign: MarketplaceCampaign;
  /** When the creator is in the group. */
  collaboration: OwnCollaboration | null;
  results: readonly ResultView[];
  enteredAt: string | null;
  asked: readonly string[];
  platforms: readonly string[];
  /** The address of the creator's overview, and of this page. */
  home: string;
  path: string;
  problems?: Problems;
  values?: Readonly<Record<string, string>>;
}

/** One campaign as one creator sees it: to apply, to enter an address, or to send results. */
export function campaignPage(page: CampaignPage): Html {
  const { campaign, collaboration, home, path, problems = {}, values = {} } = page;
  const canEnter = campaign.applied && (campaign.status === 'published' || campaign.status === 'closed' || (campaign.status === 'started' && collaboration !== null));
  return html`<p><a href="${home}">All campaigns</a></p>
<div class="card"><h1 dir="auto">${campaign.name}</h1><p class="sub" dir="auto">${campaign.client}</p>
${problemList(problems)}${state(page)}
<dl><dt>Runs</dt><dd>${day(campaign.startsOn)} to ${day(campaign.endsOn)}</dd>
${campaign.open && html`<dt>Open until</dt><dd>${when(campaign.closesAt, campaign.timeZone)}</dd>`}
${campaign.hashtags.length > 0 && html`<dt>Hashtags</dt><dd>${campaign.hashtags.join(' ')}</dd>`}</dl>
${paragraphs(campaign.brief)}
${collaboration && html`<h2>What you deliver</h2><ol>${collaboration.terms.deliverables.map((each) => html`<li dir="auto">${each}</li>`)}</ol>`}
${!campaign.applied && campaign.open && applyForm({ campaign, path, asked: page.asked, platforms: page.platforms, problems, values })}</div>
${collaboration && parcels(collaboration)}
${canEnter && html`<div class="card plain">${entryForm({ path, enteredAt: page.enteredAt, started: campaign.status === 'started', timeZone: campaign.timeZone, problems, values })}</div>`}
${collaboration && resultsSection({ path, collaboration, results: page.results, platforms: page.platforms, timeZone: campaign.timeZone, problems, values })}
${contactCard(campaign.contact)}`;
}

function state({ campaign, collaboration }: CampaignPage): Html | null {
  const note = (kind: string, text: string) => html`<div class="note ${kind}" role="status"><p>${text}</p></div>`;
  if (collaboration) return note('ok', 'You are in.');
  if (campaign.applied) return note('ok', 'You applied. We will write to you either way.');
  return campaign.open ? null : note('bad', 'This campaign is closed.');
}

function parcels({ parcels: sent }: OwnCollaboration): Html | null {
  if (sent.length === 0) return null;
  const code = ({ trackingCode, trackingUrl }: OwnCollaboration['parcels'][number]) =>
    trackingUrl === null ? trackingCode : html`<a href="${trackingUrl}" rel="noreferrer noopener">${trackingCode}</a>`;
  return html`<section class="card plain"><h2>On its way to you</h2><table>${sent.map((each) => html`<tr><th scope="row">${each.carrier}</th><td>${code(each)}</td></tr>`)}</table></section>`;
}

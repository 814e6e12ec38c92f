import type { MarketplaceCampaign, OwnApplication } from '@sevenfold/core/applications';
import type { OwnCollaboration } from '@sevenfold/core/collaborations';
import { html, type Html } from './html.js';
import { when } from './when.js';

export interface OverviewPage {
  name: string;
  path: string;
  collaborations: readonly OwnCollaboration[];
  applications: readonly OwnApplication[];
  open: readonly MarketplaceCampaign[];
}

/** Everything of one creator at a glance: what runs, what they applied for, what is open. */
export function overviewPage({ name, path, collaborations, applications, open }: OverviewPage): Html {
  const running = new Set(collaborations.map(({ campaign }) => campaign.id));
  const waiting = applications.filter(({ campaignId }) => !running.has(campaignId));
  const fresh = open.filter(({ applied }) => !applied);
  const link = (id: string, text: string) => html`<a href="${path}/campaigns/${id}" dir="auto">${text}</a>`;
  return html`<div class="card"><h1>Hello ${name}</h1><p class="sub">Your campaigns in one place.</p></div>
${section('Your collaborations', collaborations.map(({ campaign }) => html`<li id="${campaign.id}">${link(campaign.id, campaign.name)}</li>`))}
${section('You applied', waiting.map((each) => html`<li id="${each.campaignId}">${link(each.campaignId, each.campaignName)}</li>`))}
${section('Open campaigns', fresh.map((each) => html`<li id="${each.id}">${link(each.id, each.name)}<span class="hint">${each.client} · until ${when(each.closesAt, each.timeZone)}</span></li>`))}
${collaborations.length + waiting.length + fresh.length === 0 && html`<div class="card plain"><p>Nothing is open right now. We will write to you when there is.</p></div>`}`;
}

function section(title: string, items: readonly Html[]): Html | null {
  return items.length === 0 ? null : html`<section class="card plain"><h2>${title}</h2><ul class="plain">${items}</ul></section>`;
}

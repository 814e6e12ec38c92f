import type { MarketplaceCampaign, OwnApplication } from '@sevenfold/core/applications';
import type { OwnCollaboration } from '@sevenfold/core/collaborations';
import type { OwnAgreement } from '@sevenfold/core/agreements';
import { html, type Html } from './html.js';
import { when } from './when.js';

export interface OverviewPage {
  name: string;
  path: string;
  collaborations: readonly OwnCollaboration[];
  applications: readonly OwnApplication[];
  agreements: readonly OwnAgreement[];
  newsletter: boolean;
  open: readonly MarketplaceCampaign[];
}

/** Everything of one creator at a glance: what runs, what they applied for, what is open. */
export function overviewPage({ name, path, collaborations, applications, agreements, newsletter, open }: OverviewPage): Html {
  const running = new Set(collaborations.map(({ campaign }) => campaign.id));
  const waiting = applications.filter(({ campaignId }) => !running.has(campaignId));
  const fresh = open.filter(({ applied }) => !applied);
  const link = (id: string, text: string) => html`<a href="${path}/campaigns/${id}" dir="auto">${text}</a>`;
  return html`<div class="card"><h1>Hello ${name}</h1><p class="sub">Your campaigns in one place.</p>
<p><a class="go" href="${path}/messages">Messages with the team</a></p></div>
${section('Waiting for your answer', agreements.filter(isOpen).map((each) => agreement(path, each)))}
${section('Your collaborations', collaborations.map(({ campaign }) => html`<li id="${campaign.id}">${link(campaign.id, campaign.name)}<span class="hint">What you deliver, your address, your posts and figures</span></li>`))}
${section('You applied', waiting.map((each) => html`<li id="${each.campaignId}">${link(each.campaignId, each.campaignName)}<span class="hint">Your application is in. We will write to you either way.</span></li>`))}
${section('Open campaigns', fresh.map((each) => html`<li id="${each.id}">${link(each.id, each.name)}<span class="hint">${each.client} · until ${when(each.closesAt, each.timeZone)}</span></li>`))}
${section('Your agreements', agreements.filter((each) => !isOpen(each)).map((each) => agreement(path, each)))}
${collaborations.length + waiting.length + fresh.length === 0 && html`<div class="card plain"><p>Nothing is open right now. We will write to you when there is.</p></div>`}
${newsletterCard(path, newsletter)}`;
}

const isOpen = ({ allowed }: OwnAgreement): boolean => allowed.includes('sign');

const words: Record<OwnAgreement['status'], string> = {
  pending: 'the time to sign is over', accepted: 'signed', declined: 'declined', expired: 'the time to sign is over', withdrawn: 'taken back',
};

/** Pressing makes the link to sign by: looking at a page must not make keys. */
function agreement(path: string, each: OwnAgreement): Html {
  const state = isOpen(each) ? html`Please answer by ${when(each.expiresAt, each.timeZone)}` : each.droppedOut ? 'you dropped out' : words[each.status];
  return html`<li><strong dir="auto">${each.campaign.name}</strong><span class="hint">${each.client} · ${state}</span>
<form method="post" action="${path}/agreements/${each.id}"><button class="small${!isOpen(each) && ' quiet'}" type="submit">${isOpen(each) ? 'Read and sign' : 'Open'}</button></form></li>`;
}

function newsletterCard(path: string, newsletter: boolean): Html {
  return html`<section class="card plain"><h2>Newsletter</h2><p>${newsletter ? 'You get one mail a day at most, when there are new campaigns.' : 'You get no newsletter. One mail a day at most tells of new campaigns.'}</p>
<form method="post" action="${path}/newsletter"><input type="hidden" name="wanted" value="${newsletter ? 'no' : 'yes'}"><button class="quiet" type="submit">${newsletter ? 'Stop the newsletter' : 'Send me the newsletter'}</button></form></section>`;
}

function section(title: string, items: readonly Html[]): Html | null {
  return items.length === 0 ? null : html`<section class="card plain"><h2>${title}</h2><ul class="plain">${items}</ul></section>`;
}

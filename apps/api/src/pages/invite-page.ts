import type { OwnInvite } from '@sevenfold/core/invites';
import { aboutFields } from './about-form.js';
import { contactCard } from './contact.js';
import { problemList, type Problems } from './fields.js';
import { html, paragraphs, type Html } from './html.js';
import { day, when } from './when.js';

export interface InvitePage {
  invite: OwnInvite;
  path: string;
  /** The platforms to choose from, where a profile is asked for. */
  platforms: readonly string[];
  problems?: Problems;
  values?: Readonly<Record<string, string>>;
}

/** The page of one invite: what it is about, whom to ask, and "I'm interested". */
export function invitePage({ invite, path, platforms, problems = {}, values = {} }: InvitePage): Html {
  const { campaign, client, creator } = invite;
  const { startsOn, endsOn, closesAt, timeZone, brief } = campaign;
  return html`<div class="card"><h1 dir="auto">${campaign.name}</h1><p class="sub" dir="auto">${client} would like to work with you, ${creator.name}.</p>
${problemList(problems)}
${state(invite)}
<dl>${startsOn !== null && endsOn !== null && html`<dt>Runs</dt><dd>${day(startsOn)} to ${day(endsOn)}</dd>`}
${closesAt !== null && invite.open && html`<dt>Answer by</dt><dd>${when(closesAt, timeZone)}</dd>`}</dl>
${brief !== null && paragraphs(brief)}
${canAnswer(invite) && html`<form method="post" action="${path}/interest" novalidate>
${invite.asked.length > 0 && html`<h2>Before you answer</h2><p>A few things we don’t know of you yet:</p>`}
${aboutFields(invite.asked.map((each) => each.path), platforms, values, problems)}
<button type="submit">I’m interested</button><p class="hint">It binds you to nothing.</p></form>`}
</div>
${contactCard(campaign.contact)}`;
}

const canAnswer = (invite: OwnInvite): boolean => invite.open && invite.status === 'sent';

function state({ status, open }: OwnInvite): Html | null {
  if (status === 'interested') {
    return html`<div class="note ok" role="status"><p><strong>Thank you!</strong> Your interest has reached us. We will write to you either way.</p></div>`;
  }
  if (status === 'not-qualified') {
    return html`<div class="note" role="status"><p><strong>Thank you for your interest.</strong> Not everything this campaign asks for fits yet; the team knows and may get back to you.</p></div>`;
  }
  return open ? null : html`<div class="note bad" role="status"><p><strong>This campaign is closed.</strong> Interest can no longer be shown. Thank you all the same!</p></div>`;
}

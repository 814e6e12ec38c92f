import type { OwnAgreement } from '@sevenfold/core/agreements';
import { contactCard } from './contact.js';
import { problemList, textArea, textField, tick, type Problems } from './fields.js';
import { html, type Html } from './html.js';
import { when } from './when.js';

export interface AgreementPage {
  agreement: OwnAgreement;
  /** The address of the page: its path is the key. */
  path: string;
  problems?: Problems;
  values?: Readonly<Record<string, string>>;
}

/** The page of one agreement: what it says, until when, and what can be done now. */
export function agreementPage({ agreement, path, problems = {}, values = {} }: AgreementPage): Html {
  const { campaign, allowed } = agreement;
  return html`<div class="card"><h1>Your agreement</h1><p class="sub" dir="auto">${campaign.name}, for ${agreement.client}</p>
${problemList(problems)}
${state(agreement)}
<iframe src="${path}/document.html" title="The text of the agreement" sandbox></iframe>
<p><a href="${path}/document.html" target="_blank" rel="noreferrer noopener">Open the text on a page of its own</a></p>
${allowed.includes('sign') && signForm(agreement, path, problems, values)}
${allowed.includes('decline') && declineForm(path, values)}
${allowed.includes('drop-out') && dropOutForm(path, values)}
</div>
${contactCard(campaign.contact)}`;
}

function state({ status, droppedOut, expiresAt, timeZone, paused, signedAt, allowed }: OwnAgreement): Html {
  if (status === 'accepted') {
    return html`<div class="note ok" role="status"><p><strong>Signed.</strong> You signed on ${when(signedAt ?? expiresAt, timeZone)}. Thank you!</p></div>`;
  }
  if (status === 'declined') {
    return html`<div class="note" role="status"><p><strong>${droppedOut ? 'You dropped out.' : 'You declined.'}</strong> That is final for this campaign. Thank you for letting us know.</p></div>`;
  }
  if (status === 'withdrawn') {
    return html`<div class="note" role="status"><p><strong>Withdrawn.</strong> This agreement was taken back and can no longer be signed. There is nothing you need to do.</p></div>`;
  }
  if (status === 'expired' || !allowed.includes('sign')) {
    return html`<div class="note bad" role="status"><p><strong>The time to sign is over.</strong> It ended on ${when(expiresAt, timeZone)}.</p></div>`;
  }
  if (paused) return html`<div class="note" role="status"><p><strong>The campaign is paused</strong>, and the time to sign stands still. You can answer now all the same.</p></div>`;
  return html`<div class="note" role="status"><p>Please answer by <strong>${when(expiresAt, timeZone)}</strong>.</p></div>`;
}

function signForm({ documentHash }: OwnAgreement, path: string, problems: Problems, values: Readonly<Record<string, string>>): Html {
  return html`<form method="post" action="${path}/sign" novalidate><h2>Sign</h2>
<input type="hidden" name="documentHash" value="${documentHash}">
${textField({ name: 'name', label: 'Your full name', hint: 'Typing it is your signature.', value: values['name'], problems, autocomplete: 'name', maxlength: 200 })}
${tick({ name: 'agreed', label: 'I have read the agreement and I agree to it.', value: values['agreed'], problems })}
<p class="hint">We record the time, your IP address and the fingerprint of the text with your signature.</p>
<button type="submit">Sign the agreement</button></form>`;
}

const reason = (values: Readonly<Record<string, string>>) =>
  textArea({ name: 'reason', label: 'Would you like to say why?', hint: 'Only if you want to.', value: values['reason'], problems: {}, required: false, maxlength: 2_000 });

function declineForm(path: string, values: Readonly<Record<string, string>>): Html {
  return html`<details><summary>I would rather decline</summary><form method="post" action="${path}/decline">
<p>Declining is final in this campaign.</p>${reason(values)}
<button class="quiet" type="submit">Decline the agreement</button></form></details>`;
}

function dropOutForm(path: string, values: Readonly<Record<string, string>>): Html {
  return html`<details><summary>I can’t take part after all</summary><form method="post" action="${path}/drop-out">
<p>Until the collaboration starts you can still drop out. That is final in this campaign.</p>${reason(values)}
<button class="quiet" type="submit">Drop out</button></form></details>`;
}

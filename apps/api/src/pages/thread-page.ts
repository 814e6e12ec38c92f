import type { CreatorMessageView } from '@sevenfold/core/inbox';
import { fileField, problemList, textArea, type Problems } from './fields.js';
import { html, type Html } from './html.js';
import { when } from './when.js';

export interface ThreadPage {
  home: string;
  path: string;
  team: string;
  /** The latest first. */
  messages: readonly CreatorMessageView[];
  /** The same for every press of this form, so that two presses are one message. */
  once: string;
  timeZone: string;
  /** The address of the messages before these; null at the beginning. */
  older: string | null;
  /** By which a browser subscribes to notifications; null where there are none. */
  pushKey: string | null;
  /** How many the creator has not read in the app. */
  unread: number;
  problems?: Problems;
  text?: string;
}

/** All messages with the team, whatever way they went, and a box to write. */
export function threadPage({ home, path, team, messages, once, timeZone, older, pushKey, unread, problems = {}, text }: ThreadPage): Html {
  return html`<p><a href="${home}">All campaigns</a></p>
<div class="card"><h1>Messages</h1><p class="sub">With ${team}, whichever way they were sent.</p>${problemList(problems)}
<form method="post" action="${path}" enctype="multipart/form-data" novalidate><input type="hidden" name="once" value="${once}">
${textArea({ name: 'text', label: 'Write to the team', value: text, problems, maxlength: 5_000, required: 'either' })}
${fileField({ name: 'file', label: 'Send a file along', problems, required: false })}
<button type="submit">Send</button></form></div>
${pushKey !== null && notify(pushKey)}
<section aria-label="Messages, the latest first" data-thread="${path}">${unread > 0 && seen(path, unread, messages[0]?.id ?? '')}${messages.map((each) => said(each, { home, team, timeZone }))}</section>
${messages.length === 0 && html`<div class="card plain"><p>Nothing was written yet.</p></div>`}
${older !== null && html`<p><a href="${older}">Older messages</a></p>`}`;
}

/** Shown by the script where the browser can do it. */
function notify(key: string): Html {
  return html`<div class="card plain" data-push="${key}" hidden><p class="sub">Hear of new messages when this page is closed. They come here first then, and by mail only when you have not read them for a while.</p>
<button class="quiet" type="button">Notify me on this device</button><p class="hint" role="status"></p></div>`;
}

/** Without a script nobody knows what was looked at; with one this is taken away. */
function seen(path: string, unread: number, newest: string): Html {
  return html`<form method="post" action="${path}/read" data-plain><input type="hidden" name="upTo" value="${newest}"><button class="small quiet" type="submit">I have read ${unread === 1 ? 'the new message' : `the ${unread} new messages`}</button></form>`;
}

function said({ id, from, author, at, subject, text, attachments }: CreatorMessageView, { home, team, timeZone }: Pick<ThreadPage, 'home' | 'team' | 'timeZone'>): Html {
  return html`<article class="said ${from}" data-id="${id}"><span class="hint"><strong>${from === 'me' ? 'You' : (author ?? team)}</strong>, ${when(at.toISOString(), timeZone)}</span>
${subject !== null && html`<p dir="auto"><strong>${subject}</strong></p>`}${linked(text)}${attachments.map((each) => file(each, home))}</article>`;
}

/** A file to save, or why it is not there. */
function file({ id, filename, status }: CreatorMessageView['attachments'][number], home: string): Html {
  if (status === 'kept') return html`<p class="file"><a href="${home}/attachments/${id}" download="${filename}">${filename}</a></p>`;
  return html`<p class="file hint">${filename}: ${status === 'waiting' ? 'on its way' : 'could not be received'}</p>`;
}

/** Paragraphs whose addresses can be pressed. A personal link is long and says nothing, so it is named instead. */
function linked(text: string): Html[] {
  return text.split(/\n{2,}/).filter((each) => each.trim() !== '').map((each) => html`<p dir="auto">${each.split('\n').map((line, index) => html`${index > 0 && html`<br>`}${line.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).map(part)}`)}</p>`);
}

const part = (text: string, index: number): Html | string =>
  index % 2 === 0 ? text : html`<a href="${text}" rel="noreferrer noopener">${/\/[aciu]\/(sfl_)?[\w-]{40,}/.test(text) ? 'your personal page' : text}</a>`;

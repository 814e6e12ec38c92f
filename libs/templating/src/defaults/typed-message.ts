import type { MessageTemplate } from './message-template.js';

const html = `{{#> layout title=subject}}
{{paragraphs body}}
{{#if link}}{{> button label="Open" to=link}}{{/if}}
{{/layout}}`;

const text = `{{body}}
{{#if link}}
{{link}}
{{/if}}`;

// A member may leave the title out.
const subject = '{{#if title}}{{title}}{{else}}Message from {{workspace.name}}{{/if}}';

/** What a member typed, to one creator. */
export const directMessage: MessageTemplate = { subject, text, html, short: '{{body}}' };

/** What a member typed, to each one of a group in their own thread. */
export const groupMessage: MessageTemplate = { subject, text, html, short: '{{body}}' };

import type { MessageTemplate } from './message-template.js';

const html = `{{#> layout title=title}}
{{paragraphs body}}
{{#if link}}{{> button label="Open" to=link}}{{/if}}
{{/layout}}`;

const text = `{{body}}
{{#if link}}
{{link}}
{{/if}}`;

/** What a member typed, to one creator. */
export const directMessage: MessageTemplate = { subject: '{{title}}', text, html, short: '{{body}}' };

/** What a member typed, to each one of a group in their own thread. */
export const groupMessage: MessageTemplate = { subject: '{{title}}', text, html, short: '{{body}}' };

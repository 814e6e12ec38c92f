import type { PartialSource } from '../engine/partial-set.js';

/** Whom to ask: `{{> contact}}`, from the campaign's contact. */
export const contact: PartialSource = {
  html: `{{#if contact}}<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #e5e7eb;font-size:14px;line-height:22px;color:#4b5563">
Questions? {{contact.name}}{{#if contact.phone}} · {{contact.phone}}{{/if}}{{#if contact.chatUrl}} · <a href="{{url contact.chatUrl}}" style="color:#1f3a5f">chat</a>{{/if}}</p>{{/if}}`,
  text: '{{#if contact}}Questions? {{contact.name}}{{#if contact.phone}}, {{contact.phone}}{{/if}}{{#if contact.chatUrl}}, {{contact.chatUrl}}{{/if}}{{/if}}',
};

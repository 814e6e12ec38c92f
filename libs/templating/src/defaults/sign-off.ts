/** The end of every mail's text: whom to ask, and from whom it is. */
export const signOff = `{{#if contact}}Questions? {{contact.name}}{{#if contact.phone}}, {{contact.phone}}{{/if}}{{#if contact.chatUrl}}, {{contact.chatUrl}}{{/if}}

{{/if}}{{workspace.name}}
`;

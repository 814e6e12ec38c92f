import { renderMessage, type RenderedMessage, type TemplateData } from '@sevenfold/templating';

/** An edited text may be this long. */
export const maxInviteText = 5_000;

/**
 * The texts of one invite: the prepared default, or the team's own words in its place. Whatever the words, the mail has
 * the link and the short form says how to answer.
 * @param edited Handlebars, so that one edit may serve many creators
 * @throws DomainError `missing_variables`, `invalid_fields` for an edit that cannot be read
 */
export function inviteTexts(data: TemplateData, edited?: string): RenderedMessage {
  if (edited === undefined) return renderMessage('invite', data);
  const answer = edited.includes('{{link}}') ? 'Interested? Reply YES.' : 'Interested? Reply YES or see {{link}}';
  return renderMessage('invite', data, { text: edited, short: `${edited}\n\n${answer}` });
}

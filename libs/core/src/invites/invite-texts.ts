import type { RenderedMessage, TemplateData } from '@sevenfold/templating';
import type { MessageWriter } from '../templates/index.js';

/** An edited text may be this long. */
export const maxInviteText = 5_000;

/**
 * The texts of one invite: the prepared text, or the team's own words in its place. Whatever the words, the mail has
 * the link and the short form says how to answer.
 * @param edited Handlebars, so that one edit may serve many creators
 * @throws DomainError `missing_variables`, `invalid_fields` for an edit that cannot be read, `template_limit`
 */
export function inviteTexts(writer: MessageWriter, data: TemplateData, edited?: string): RenderedMessage {
  return edited === undefined ? writer.write(data) : writer.write(data, { text: edited });
}

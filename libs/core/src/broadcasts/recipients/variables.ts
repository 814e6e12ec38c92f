import { DomainError, type FieldProblem } from '@sevenfold/domain/errors';
import { compile, variablesOf } from '@sevenfold/templating';
import type { Tx } from '../../db/tx.js';
import { workspacePartials } from '../../templates/workspace-partials.js';
import type { DraftTexts } from '../drafts/draft-schema.js';

/** What the texts of a broadcast may read. `*` stands for one word. */
export const bulkVariables = [
  'creator.name', 'creator.firstName', 'creator.country', 'creator.language', 'creator.timeZone', 'creator.profiles.*.username', 'creator.profiles.*.url',
  'creator.profiles.*.followers', 'workspace.name', 'member.name', 'campaign.name', 'campaign.startsOn', 'campaign.endsOn', 'campaign.closesAt', 'client.name',
  'contact.name', 'contact.phone', 'contact.chatUrl', 'link', 'locale', 'zone',
] as const;

const known = bulkVariables.map((name) => new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '[\\w-]+')}$`));
/** Blocks are about the whole: {{#if campaign}}. */
const wholes = new Set(['creator', 'workspace', 'member', 'campaign', 'client', 'contact', 'creator.profiles']);

/**
 * The variables of a draft's texts, those of the workspace's own partials they include among them.
 * @throws DomainError `invalid_fields` for a text that cannot be read, and for a variable there is none of: a misspelt
 *   one would skip everybody
 */
export async function variablesOfTexts(tx: Tx, texts: DraftTexts): Promise<string[]> {
  const partials = await workspacePartials(tx);
  const found = new Set<string>();
  const fields: FieldProblem[] = [];
  for (const [form, text] of Object.entries(texts)) {
    if (text === undefined) continue;
    try {
      for (const name of variablesOf(compile(text, partials, 'text'))) {
        found.add(name);
        if (!wholes.has(name) && !known.some((each) => each.test(name))) {
          fields.push({ path: `texts.${form}`, message: `There is no variable ${name}; there are: ${bulkVariables.join(', ')}` });
        }
      }
    } catch (error) {
      if (!(error instanceof DomainError) || !Array.isArray(error.details?.['fields'])) throw error;
      fields.push(...error.details['fields'].map((each) => ({ path: `texts.${form}`, message: messageOf(each) })));
    }
  }
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
  return [...found].sort();
}

function messageOf(field: unknown): string {
  return typeof field === 'object' && field !== null && 'message' in field && typeof field.message === 'string' ? field.message : 'cannot be read';
}

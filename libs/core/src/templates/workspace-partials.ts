import { isDomainError } from '@sevenfold/domain/errors';
import { defaultPartials, type PartialSet } from '@sevenfold/templating';
import type { Tx } from '../db/tx.js';
import { Workspace } from '../workspaces/workspace.entity.js';
import { partialSetOf, partialTextsFor, storedTexts } from './stored-texts.js';

/** The pieces a text of this workspace may include, in the workspace's language: ours, and its own. Those that have broken since are left out, as when they are rendered. */
export async function workspacePartials(tx: Tx): Promise<PartialSet> {
  const texts = await storedTexts(tx, [], null);
  if (texts.length === 0) return defaultPartials;
  const { locale } = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId });
  try {
    return partialSetOf(partialTextsFor(texts, locale));
  } catch (error) {
    if (isDomainError(error)) return defaultPartials;
    throw error;
  }
}

import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import { findCampaign } from '../campaigns/get-campaign.js';
import { cleanText } from '../db/clean-text.js';
import type { Tx } from '../db/tx.js';
import { checkForms } from './check-forms.js';
import type { TemplateAddress } from './get-template.js';
import { languageTag, PARTIAL, templateName, type TemplateName } from './template-name.js';
import { viewTemplate, type TemplateLevel, type TemplateView } from './template-view.js';
import { TemplateVersion, type SavedForms } from './template-version.entity.js';

export interface SaveTemplateInput extends TemplateAddress {
  /** The version the editor began with; 0 when nothing was saved yet. */
  expectedVersion: number;
  forms: SavedForms;
  note?: string | undefined;
}

/** A workspace keeps no more pieces of its own. */
export const maxPartials = 100;

/**
 * Saves a new version, which is in force from now on. What was rendered before stays as it is.
 * @throws DomainError `not_found`; `conflict` with the version in force when somebody saved meanwhile, or with `usedBy` when other texts
 *   would break; `invalid_fields` naming form, line and column; `missing_variables` naming them; `template_limit`
 */
export function saveTemplate(tx: Tx, input: SaveTemplateInput): Promise<TemplateView> {
  const forms: SavedForms = Object.fromEntries(Object.entries(input.forms).map(([form, source]) => [form, cleanText(source)]));
  return keep(tx, input, 'template.saved', async () => ({ forms, note: input.note ?? null, restoredFrom: null }));
}

/**
 * Brings an old version back, as a new one.
 * @throws as {@link saveTemplate}; `not_found` for a version that never was
 */
export function restoreTemplate(tx: Tx, input: TemplateAddress & { expectedVersion: number; version: number }): Promise<TemplateView> {
  return keep(tx, input, 'template.restored', async (templateId) => {
    const old = await tx.em.findOne(TemplateVersion, { templateId, number: input.version });
    if (!old) throw new DomainError('not_found', { entity: 'template-version' });
    return { forms: old.forms ?? null, note: null, restoredFrom: input.version };
  });
}

/**
 * Back to what the next level says: the workspace's text for a campaign's, the default for the workspace's. The old versions stay.
 * @throws as {@link saveTemplate}
 */
export function resetTemplate(tx: Tx, input: TemplateAddress & { expectedVersion: number }): Promise<TemplateView> {
  return keep(tx, input, 'template.reset', async () => ({ forms: null, note: null, restoredFrom: null }));
}

interface NewVersion {
  forms: SavedForms | null;
  note: string | null;
  restoredFrom: number | null;
}

async function keep(
  tx: Tx,
  input: TemplateAddress & { expectedVersion: number },
  action: string,
  prepare: (templateId: string) => Promise<NewVersion>,
): Promise<TemplateView> {
  const name = templateName(input.key);
  const level: TemplateLevel = { language: languageTag(input.language), campaignId: input.campaignId ?? null };
  if (level.campaignId !== null) await findCampaign(tx, level.campaignId);
  // Texts include one another, so they are saved one after the other.
  await tx.em.execute(`select pg_advisory_xact_lock(hashtextextended('templates:' || ?, 0))`, [tx.workspaceId]);
  const { id, version } = await rowOf(tx, name, level);
  if (version !== input.expectedVersion) throw new DomainError('conflict', { entity: 'template', version }, 'Somebody saved this text meanwhile: look at it again');
  const next = await prepare(id);
  if (next.forms === null && version === 0) return viewTemplate(tx, name, level);
  await checkForms(tx, name, level, next.forms);
  const number = version + 1;
  tx.em.persist(tx.em.create(TemplateVersion, {
    id: newId(), workspaceId: tx.workspaceId, createdAt: tx.now, templateId: id, number, ...next,
    memberId: tx.actor.kind === 'member' ? tx.actor.memberId : null,
  }));
  await tx.em.flush();
  await tx.em.execute('update template set version = ?, updated_at = ?, problem = null where id = ?', [number, tx.now, id]);
  audit(tx, {
    action, entity: 'template', entityId: id, campaignId: level.campaignId,
    data: { key: name.key, language: level.language, version: number, ...(next.restoredFrom !== null && { restoredFrom: next.restoredFrom }) },
  });
  return viewTemplate(tx, name, level);
}

async function rowOf(tx: Tx, name: TemplateName, { language, campaignId }: TemplateLevel): Promise<{ id: string; version: number }> {
  const find = () => tx.em.execute<{ id: string; version: number }[]>(
    'select id, version from template where key = ? and language = ? and campaign_id is not distinct from ? for update',
    [name.key, language, campaignId],
  );
  const [found] = await find();
  if (found) return found;
  if (name.kind === 'partial') await roomForPartial(tx);
  await tx.em.execute(
    `insert into template (id, workspace_id, created_at, key, language, campaign_id, version, updated_at) values (?, ?, ?, ?, ?, ?, 0, ?)
     on conflict on constraint template_one do nothing`,
    [newId(), tx.workspaceId, tx.now, name.key, language, campaignId, tx.now],
  );
  const [made] = await find();
  if (!made) throw new Error('The template just made is not there');
  return made;
}

async function roomForPartial(tx: Tx): Promise<void> {
  const [row] = await tx.em.execute<{ count: number }[]>('select count(*)::int as count from template where starts_with(key, ?)', [PARTIAL]);
  if ((row?.count ?? 0) >= maxPartials) throw new DomainError('conflict', { entity: 'template', most: maxPartials }, `A workspace keeps up to ${maxPartials} partials`);
}

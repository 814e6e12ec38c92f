import { DomainError } from '@sevenfold/domain/errors';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { readNumberCursor, toPage, type Page, type PageRequest } from '../paging/page.js';
import type { TemplateAddress } from './get-template.js';
import { languageTag, templateName } from './template-name.js';
import type { SavedForms } from './template-version.entity.js';

/** One version: what it said, who saved it and when. */
export interface TemplateVersionView {
  number: number;
  /** Null: the default again, from here on. */
  forms: SavedForms | null;
  savedAt: string;
  savedBy: { id: string; name: string } | null;
  note: string | null;
  restoredFrom: number | null;
  inForce: boolean;
}

interface Row extends Omit<TemplateVersionView, 'savedAt'> {
  id: string;
  savedAt: string;
}

/** Newest first. @throws DomainError `not_found` for an unknown key */
export async function listTemplateVersions(tx: Tx, address: TemplateAddress, page: PageRequest): Promise<Page<TemplateVersionView>> {
  const before = readNumberCursor(page.cursor);
  const rows = await versions(tx, address, before !== null ? { sql: 'and v.number < ?', params: [before] } : { sql: '', params: [] }, page.limit + 1);
  return toPage(rows, page.limit, (row) => ({ key: String(row.number), id: row.id }), toView);
}

/** @throws DomainError `not_found` for an unknown key or version */
export async function getTemplateVersion(tx: Tx, address: TemplateAddress, number: number): Promise<TemplateVersionView> {
  const [row] = await versions(tx, address, { sql: 'and v.number = ?', params: [number] }, 1);
  if (!row) throw new DomainError('not_found', { entity: 'template-version' });
  return toView(row);
}

function versions(tx: Tx, address: TemplateAddress, more: { sql: string; params: unknown[] }, limit: number): Promise<Row[]> {
  return tx.em.execute<Row[]>(
    `select v.id, v.number, v.forms, v.created_at as "savedAt", v.note, v.restored_from as "restoredFrom", v.number = t.version as "inForce",
            case when m.id is null then null else json_build_object('id', m.id, 'name', m.name) end as "savedBy"
       from template t join template_version v on v.template_id = t.id left join member m on m.id = v.member_id
      where t.key = ? and t.language = ? and t.campaign_id is not distinct from ? ${more.sql} order by v.number desc limit ?`,
    [templateName(address.key).key, languageTag(address.language), address.campaignId ?? null, ...more.params, limit],
  );
}

const toView = ({ number, forms, savedAt, savedBy, note, restoredFrom, inForce }: Row): TemplateVersionView =>
  ({ number, forms, savedAt: iso(savedAt), savedBy, note, restoredFrom, inForce });

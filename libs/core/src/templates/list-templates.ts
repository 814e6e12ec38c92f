import type { Json } from '@sevenfold/domain/errors';
import { catalogueKeys, partials } from '@sevenfold/templating';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { readCursor, writeCursor, type Page, type PageRequest } from '../paging/page.js';
import { PARTIAL, templateName } from './template-name.js';
import { describe, type TemplateView } from './template-view.js';

/** A place where the workspace says something of its own. */
export interface EditedAt {
  language: string;
  campaignId: string | null;
  version: number;
  updatedAt: string;
  problem: Record<string, Json> | null;
}

/** A template and where it was edited. */
export type TemplateSummary = Pick<TemplateView, 'key' | 'kind' | 'title' | 'about'> & { edited: EditedAt[] };

interface Row extends Omit<EditedAt, 'updatedAt'> {
  key: string;
  updatedAt: string;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** Every text there is: messages in the order a campaign uses them, documents, then pieces, ours and the workspace's. */
export async function listTemplates(tx: Tx, page: PageRequest): Promise<Page<TemplateSummary>> {
  const rows = await tx.em.execute<Row[]>(
    `select t.key, t.language, t.campaign_id as "campaignId", t.version, t.updated_at as "updatedAt", t.problem
       from template t join template_version v on v.template_id = t.id and v.number = t.version
      where v.forms is not null order by t.key, t.campaign_id nulls first, t.language`,
  );
  const own = rows.map(({ key }) => key).filter((key) => key.startsWith(PARTIAL));
  const keys = [...new Set([...catalogueKeys, ...Object.keys(partials).map((name) => PARTIAL + name), ...own])];
  const from = keys.indexOf(readCursor(page.cursor)?.key ?? '') + 1;
  const shown = keys.slice(from, from + page.limit);
  const last = shown.at(-1);
  return {
    data: shown.map((key) => {
      const { kind, title, about } = describe(templateName(key));
      return { key, kind, title, about, edited: rows.filter((row) => row.key === key).map(toEdited) };
    }),
    nextCursor: last !== undefined && from + page.limit < keys.length ? writeCursor({ key: last, id: nobody }) : null,
  };
}

const toEdited = ({ language, campaignId, version, updatedAt, problem }: Row): EditedAt =>
  ({ language, campaignId, version, updatedAt: iso(updatedAt), problem });

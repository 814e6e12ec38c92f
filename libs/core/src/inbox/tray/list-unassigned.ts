import { DomainError } from '@sevenfold/domain/errors';
import { iso } from '../../db/instants.js';
import type { Tx } from '../../db/tx.js';
import { readInstantCursor, toPage, type Page, type PageRequest } from '../../paging/index.js';
import type { TrayFile, TrayStatus } from './tray-item.entity.js';

/** A message without a creator. Instants are UTC, ISO 8601. */
export interface UnassignedView {
  id: string;
  channel: string;
  /** The address it is from; null when it names none. */
  from: string | null;
  /** Our address it came to. */
  to: string;
  subject: string | null;
  text: string;
  files: TrayFile[];
  receivedAt: string;
  reason: string;
  candidates: { id: string; name: string }[];
  status: TrayStatus;
  doneAt: string | null;
  doneBy: { id: string; name: string } | null;
  messageId: string | null;
}

interface Row extends Omit<UnassignedView, 'doneBy'> {
  doneById: string | null;
  doneByName: string | null;
}

const select = `
  select u.id, u.channel, u.sender as "from", u.recipient as "to", u.subject, u.text, u.files, u.received_at as "receivedAt", u.reason, u.status,
         u.done_at as "doneAt", u.message_id as "messageId", m.id as "doneById", m.name as "doneByName",
         coalesce((select json_agg(json_build_object('id', c.id, 'name', c.name) order by c.name, c.id) from creator c
                    where c.id in (select value::uuid from jsonb_array_elements_text(u.candidates)) and c.erased_at is null), '[]') as candidates
    from tray_item u left join member m on m.id = u.done_by_member_id`;

/** The tray, the latest first. */
export async function listUnassigned(tx: Tx, page: PageRequest, status: TrayStatus = 'open'): Promise<Page<UnassignedView>> {
  const after = readInstantCursor(page.cursor);
  const rows = await tx.em.execute<Row[]>(
    `${select} where u.status = ? ${after ? 'and (u.received_at, u.id) < (?::timestamptz, ?::uuid)' : ''} order by u.received_at desc, u.id desc limit ?`,
    [status, ...(after ? [after.key, after.id] : []), page.limit + 1],
  );
  return toPage(rows, page.limit, ({ receivedAt, id }) => ({ key: iso(receivedAt), id }), toView);
}

/** @throws DomainError `not_found` */
export async function getUnassigned(tx: Tx, id: string): Promise<UnassignedView> {
  const [row] = await tx.em.execute<Row[]>(`${select} where u.id = ?`, [id]);
  if (!row) throw new DomainError('not_found', { entity: 'unassigned' });
  return toView(row);
}

const toView = ({ doneById, doneByName, receivedAt, doneAt, ...row }: Row): UnassignedView => ({
  ...row, receivedAt: iso(receivedAt), doneAt: iso(doneAt), doneBy: doneById === null ? null : { id: doneById, name: doneByName ?? '' },
});

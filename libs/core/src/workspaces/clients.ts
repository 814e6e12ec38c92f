import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { allOf, olderThan, toPage, type Page, type PageRequest } from '../paging/index.js';
import { toClientView, type ClientRow, type ClientView } from './views.js';

const columns = 'c.id, c.name, c.created_at, c.archived_at';
const taken = () => new DomainError('conflict', { reason: 'name_taken' }, 'There is a client of this name already');

/** @throws DomainError `conflict` when the name is taken */
export async function createClient(tx: Tx, input: { name: string }): Promise<ClientView> {
  const [row] = await tx.em.execute<{ id: string }[]>(
    `insert into client (id, workspace_id, created_at, name) values (?, ?, ?, ?)
     on conflict (workspace_id, name) do nothing returning id`,
    [newId(), tx.workspaceId, tx.now, input.name],
  );
  if (!row) throw taken();
  audit(tx, { action: 'client.created', entity: 'client', entityId: row.id, data: { name: input.name } });
  return getClient(tx, row.id);
}

/** The clients, newest first. @param filter `archived`: those put away, instead of those in use */
export async function listClients(tx: Tx, page: PageRequest, filter: { archived?: boolean | undefined } = {}): Promise<Page<ClientView>> {
  const where = allOf([olderThan(page.cursor, 'c'), { sql: `c.archived_at is ${filter.archived ? 'not ' : ''}null`, params: [] }]);
  const rows = await tx.em.execute<ClientRow[]>(
    `select ${columns} from client c where ${where.sql} order by c.created_at desc, c.id desc limit ?`,
    [...where.params, page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: iso(row.created_at), id: row.id }), toClientView);
}

/** @throws DomainError `not_found` */
export async function getClient(tx: Tx, clientId: string): Promise<ClientView> {
  const [row] = await tx.em.execute<ClientRow[]>(`select ${columns} from client c where c.id = ?`, [clientId]);
  if (!row) throw new DomainError('not_found', { entity: 'client' });
  return toClientView(row);
}

export interface ChangeClientInput {
  name?: string | undefined;
  /** Put away: not offered for new campaigns; what there is stays. */
  archived?: boolean | undefined;
}

/** @throws DomainError `not_found`, `conflict` when the name is taken */
export async function changeClient(tx: Tx, clientId: string, change: ChangeClientInput): Promise<ClientView> {
  const before = await getClient(tx, clientId);
  const name = change.name ?? before.name;
  const [other] = await tx.em.execute<{ id: string }[]>('select id from client where name = ? and id <> ?', [name, clientId]);
  if (other) throw taken();
  const archivedAt = change.archived === undefined ? before.archivedAt : change.archived ? (before.archivedAt ?? tx.now) : null;
  await tx.em.execute('update client set name = ?, archived_at = ? where id = ?', [name, archivedAt, clientId]);
  audit(tx, { action: 'client.changed', entity: 'client', entityId: clientId, data: { fields: Object.keys(change) } });
  return getClient(tx, clientId);
}

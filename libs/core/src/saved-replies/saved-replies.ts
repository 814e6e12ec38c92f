import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import { variablesOfTexts } from '../broadcasts/recipients/variables.js';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';

export interface SavedReplyInput {
  name: string;
  text: string;
  subject: string | null;
}

export interface SavedReplyView extends SavedReplyInput {
  id: string;
  version: number;
  updatedAt: string;
}

interface Row extends SavedReplyInput {
  id: string;
  version: number;
  updated_at: string;
}

const columns = 'id, name, text, subject, version, updated_at';

/** All saved replies by name; a team has dozens, not thousands. */
export async function listSavedReplies(tx: Tx): Promise<SavedReplyView[]> {
  return (await tx.em.execute<Row[]>(`select ${columns} from saved_reply order by lower(name), id`)).map(present);
}

/** @throws DomainError `not_found` */
export async function getSavedReply(tx: Tx, id: string): Promise<SavedReplyView> {
  const [row] = await tx.em.execute<Row[]>(`select ${columns} from saved_reply where id = ?`, [id]);
  if (!row) throw new DomainError('not_found', { entity: 'saved-reply' });
  return present(row);
}

/** @throws DomainError `invalid_fields` for a name taken, or a text that cannot be read or names a variable there is none of */
export async function createSavedReply(tx: Tx, input: SavedReplyInput): Promise<SavedReplyView> {
  await check(tx, input);
  const id = newId();
  const made = await tx.em.execute<Row[]>(
    `insert into saved_reply (id, workspace_id, created_at, updated_at, name, text, subject, version) values (?, ?, ?, ?, ?, ?, ?, 1)
     on conflict (workspace_id, lower(name)) do nothing returning ${columns}`,
    [id, tx.workspaceId, tx.now, tx.now, input.name, input.text, input.subject],
  );
  const [row] = made;
  if (!row) throw nameTaken();
  audit(tx, { action: 'saved-reply.created', entity: 'saved-reply', entityId: id, data: { name: input.name } });
  await tx.em.flush();
  return present(row);
}

/**
 * @param version the one the change began from
 * @throws DomainError `not_found`, `conflict` when somebody else changed it meanwhile, `invalid_fields`
 */
export async function changeSavedReply(tx: Tx, id: string, version: number, change: Partial<SavedReplyInput>): Promise<SavedReplyView> {
  await tx.em.execute('select id from saved_reply where id = ? for no key update', [id]);
  const before = await getSavedReply(tx, id);
  if (before.version !== version) throw new DomainError('conflict', { entity: 'saved-reply', version: before.version });
  const { name, text, subject } = { ...before, ...change };
  await check(tx, { name, text, subject });
  const [taken] = await tx.em.execute<{ id: string }[]>('select id from saved_reply where lower(name) = lower(?) and id <> ?', [name, id]);
  if (taken) throw nameTaken();
  await tx.em.execute('update saved_reply set name = ?, text = ?, subject = ?, version = version + 1, updated_at = ? where id = ?', [name, text, subject, tx.now, id]);
  audit(tx, { action: 'saved-reply.changed', entity: 'saved-reply', entityId: id, data: { fields: Object.keys(change) } });
  await tx.em.flush();
  return getSavedReply(tx, id);
}

/** @throws DomainError `not_found` */
export async function removeSavedReply(tx: Tx, id: string): Promise<void> {
  const removed = await tx.em.execute<{ name: string }[]>('delete from saved_reply where id = ? returning name', [id]);
  const [reply] = removed;
  if (!reply) throw new DomainError('not_found', { entity: 'saved-reply' });
  audit(tx, { action: 'saved-reply.removed', entity: 'saved-reply', entityId: id, data: { name: reply.name } });
  await tx.em.flush();
}

async function check(tx: Tx, { text, subject }: SavedReplyInput): Promise<void> {
  const forms = { text, ...(subject !== null && { subject }) };
  try {
    if (!(await variablesOfTexts(tx, forms)).includes('link')) return;
  } catch (error) {
    // The texts are fields of their own here.
    if (!(error instanceof DomainError) || !Array.isArray(error.details?.['fields'])) throw error;
    const fields = error.details['fields'].map((field) =>
      typeof field === 'object' && field !== null && 'path' in field && typeof field.path === 'string' ? { ...field, path: field.path.replace('texts.', '') } : field,
    );
    throw new DomainError('invalid_fields', { fields });
  }
  // Filled in, it would be read by a member; without, a creator would get one that leads nowhere.
  const inText = (await variablesOfTexts(tx, { text })).includes('link');
  throw new DomainError('invalid_fields', { fields: [{ path: inText ? 'text' : 'subject', message: 'Leave {{link}} out: a personal link is for its creator alone, and a saved reply is looked over by a member first' }] });
}

const nameTaken = (): DomainError => new DomainError('invalid_fields', { fields: [{ path: 'name', message: 'There is a saved reply of that name' }] });

const present = ({ updated_at, ...row }: Row): SavedReplyView => ({ ...row, updatedAt: iso(updated_at) });

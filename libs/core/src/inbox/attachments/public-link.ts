import { DomainError } from '@sevenfold/domain/errors';
import type { KeyRing } from '@sevenfold/platform/crypto';
import { sameText } from '@sevenfold/platform/crypto';
import type { Database } from '../../db/database.js';
import type { Services, Tx } from '../../db/tx.js';
import type { SystemDatabase } from '../../system/system-database.js';
import { readLinkedAttachment, type AttachmentContent } from './read-attachment.js';

/** How long a link works, in ms: providers fetch within hours, people open an SMS within days. */
const lifetimeMs = 14 * 24 * 3_600_000;

const proof = (keyRing: KeyRing, id: string, until: string): string => keyRing.hmac('attachment-link', `${id}:${until}`).slice(0, 40);

/**
 * Where a provider (MMS), or the reader of a message that only carries words, gets a file: without signing in, for two
 * weeks, by an address nobody can guess.
 */
export function attachmentUrl({ publicUrl, keyRing }: Pick<Services, 'publicUrl' | 'keyRing'>, id: string, now: Date): string {
  const until = Math.floor((now.getTime() + lifetimeMs) / 1_000).toString(36);
  return `${publicUrl}/m/${id.replaceAll('-', '')}_${until}_${proof(keyRing, id, until)}`;
}

/**
 * The file behind such a link.
 * @throws DomainError `not_found` for a link we did not make, or one whose message was erased; `expired` afterwards
 */
export async function openAttachmentLink(system: SystemDatabase, db: Database, token: string): Promise<AttachmentContent> {
  const [, hex, until = '', given = ''] = /^([0-9a-f]{32})_([0-9a-z]{1,9})_([0-9a-f]{40})$/.exec(token) ?? [];
  const id = hex?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (id === undefined || !sameText(given, proof(db.services.keyRing, id, until))) throw new DomainError('not_found', { entity: 'attachment' });
  const workspaceId = await system.transaction(async (em, now) => {
    if (now.getTime() > Number.parseInt(until, 36) * 1_000) throw new DomainError('expired', { entity: 'attachment' });
    const [row] = await em.execute<{ workspaceId: string }[]>('select workspace_id as "workspaceId" from message_attachment where id = ?', [id]);
    return row?.workspaceId;
  });
  if (workspaceId === undefined) throw new DomainError('not_found', { entity: 'attachment' });
  const read = (tx: Tx) => readLinkedAttachment(tx, id);
  return db.inWorkspace({ workspaceId, actor: { kind: 'system', via: 'engine' } }, read);
}

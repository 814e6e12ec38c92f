import { contentTypeOf, safeFilename } from '@sevenfold/domain/attachments';
import { maxBlobBytes } from '@sevenfold/platform/blobs';
import type { ChannelPlugin, FetchedAttachment } from '@sevenfold/plugin-sdk';
import type { Database } from '../../db/database.js';
import type { Scope, Tx } from '../../db/tx.js';
import type { DueCall, DueHandlers } from '../../engine/sweeper/due-handlers.js';
import { hint } from '../../live/hint.js';
import { blobsOf } from '../../files/blob-store.js';

/** A provider keeps files for days, but whoever reads the message wants to know: after this, in ms, it is given up. */
const patienceMs = 24 * 3_600_000;
/** One fetch may take this long, in ms. */
const fetchMs = 30_000;
/** A provider that did not answer is left alone for so long, in ms: every fetch that hangs keeps other small waits waiting. */
const restMs = 20_000;
const resting = new WeakMap<ChannelPlugin, number>();

/** Fetches the files that providers keep; one that is away is asked again, at longer and longer intervals. */
export const attachmentDueHandlers = {
  'attachment.fetch': { outside: fetchAttachment, inside: statusOf },
} satisfies Partial<DueHandlers>;

interface Waiting {
  id: string;
  channel: string;
  source: string;
  contentType: string;
  overdue: boolean;
}

/** Fetched outside any transaction, kept in one of its own: a repeat finds it kept. @throws NotNow to be asked again */
async function fetchAttachment(db: Database, scope: Scope, { refId }: DueCall): Promise<void> {
  const file = await db.inWorkspace(scope, (tx) => waiting(tx, refId));
  if (!file) return;
  const plugin = db.services.plugins.channel(file.channel);
  const fetched = await ask(plugin, file);
  if (fetched.outcome === 'not_now' && !file.overdue) throw new NotNow();
  await db.inWorkspace(scope, (tx) => keep(tx, file, fetched));
}

async function ask(plugin: ChannelPlugin | undefined, { source, contentType }: Waiting): Promise<FetchedAttachment> {
  if (!plugin?.fetchAttachment) return { outcome: 'not_now', reason: 'channel_closed' };
  if ((resting.get(plugin) ?? 0) > performance.now()) return { outcome: 'not_now', reason: 'the provider is away' };
  const fetched = await plugin.fetchAttachment({ url: source, contentType }, { signal: AbortSignal.timeout(fetchMs), maxBytes: maxBlobBytes });
  if (fetched.outcome === 'not_now') resting.set(plugin, performance.now() + Math.min(fetched.retryAfterMs ?? restMs, 600_000));
  return fetched;
}

/** Its name is what the due-queue shows. */
class NotNow extends Error {
  override readonly name = 'AttachmentNotNow';
}

async function waiting(tx: Tx, id: string): Promise<Waiting | undefined> {
  const [row] = await tx.em.execute<Waiting[]>(
    `select a.id, m.channel, a.source, a.content_type as "contentType", a.created_at < ? as overdue
       from message_attachment a join message m on m.id = a.message_id where a.id = ? and a.status = 'waiting' and a.source is not null`,
    [new Date(tx.now.getTime() - patienceMs), id],
  );
  return row;
}

async function keep(tx: Tx, { id, contentType: said }: Waiting, fetched: FetchedAttachment): Promise<void> {
  const [row] = await tx.em.execute<{ filename: string; threadId: string }[]>(
    `select a.filename, m.thread_id as "threadId" from message_attachment a join message m on m.id = a.message_id
      where a.id = ? and a.status = 'waiting' for update of a`,
    [id],
  );
  if (!row) return; // erased meanwhile, or kept by another
  if (fetched.outcome === 'fetched' && fetched.content.byteLength <= maxBlobBytes) {
    const contentType = contentTypeOf(fetched.contentType || said, fetched.content);
    const { id: blobId, sha256, size } = await blobsOf(tx).put({ bytes: fetched.content, contentType });
    const filename = fetched.filename !== undefined || row.filename.endsWith('.bin') ? safeFilename(fetched.filename, contentType) : row.filename;
    await tx.em.execute(
      `update message_attachment set status = 'kept', filename = ?, content_type = ?, size = ?, sha256 = ?, blob_id = ?, source = null where id = ?`,
      [filename, contentType, size, sha256, blobId, id],
    );
  } else {
    const reason = fetched.outcome === 'fetched' ? 'too_large' : fetched.reason;
    await tx.em.execute(`update message_attachment set status = 'failed', reason = ?, source = null where id = ?`, [reason.slice(0, 200), id]);
  }
  const [thread] = await tx.em.execute<{ version: number; creatorId: string }[]>(
    'update thread set version = version + 1 where id = ? returning version, creator_id as "creatorId"', [row.threadId],
  );
  if (thread) await hint(tx, { entity: 'thread', id: row.threadId, ...thread });
}

async function statusOf(tx: Tx, { refId }: DueCall): Promise<string> {
  const [row] = await tx.em.execute<{ status: string }[]>('select status from message_attachment where id = ?', [refId]);
  return row?.status ?? 'gone';
}

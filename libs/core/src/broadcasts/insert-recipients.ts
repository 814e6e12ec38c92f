import { newId } from '@sevenfold/platform/ids';
import { cleanJson } from '../db/clean-text.js';
import type { Tx } from '../db/tx.js';
import { hideLinks, sealLinks } from '../inbox/personal-links/index.js';
import { preview } from '../inbox/preview.js';
import type { BroadcastRecipient, QueueBroadcastInput } from './queue-broadcast.js';

const chunkSize = 1000;

/** Writes the messages of a broadcast, their threads and previews; a thousand recipients to a statement. */
export async function insertRecipients(
  tx: Tx,
  broadcastId: string,
  input: QueueBroadcastInput,
  recipients: readonly BroadcastRecipient[],
): Promise<void> {
  // One order for everybody: two broadcasts to the same people wait for each other instead of deadlocking.
  const sorted = [...recipients].sort((a, b) => (a.creatorId < b.creatorId ? -1 : 1));
  for (let at = 0; at < sorted.length; at += chunkSize) {
    const rows = cleanJson(await toRows(tx, sorted.slice(at, at + chunkSize)));
    await tx.em.execute(
      `insert into thread (id, workspace_id, created_at, creator_id, unread, version)
       select r.thread_id, ?, ?, r.creator_id, 0, 0 from json_to_recordset(?::json) as r(thread_id uuid, creator_id uuid)
       order by r.creator_id on conflict (creator_id) do nothing`,
      [tx.workspaceId, tx.now, rows],
    );
    await tx.em.execute(
      `insert into message (id, workspace_id, created_at, thread_id, creator_id, campaign_id, direction, kind, purpose,
         automatic, dedupe_key, broadcast_id, author_member_id, subject, text, html, short,
         sealed_links, status)
       select r.id, ?, ?, t.id, r.creator_id, ?, 'out', ?, ?, ?, ? || ':' || r.creator_id, ?, ?,
              r.subject, r.text, r.html, r.short, decode(r.sealed, 'hex'), 'queued'
         from json_to_recordset(?::json) as r(id uuid, creator_id uuid, subject text, text text, html text, short text, sealed text)
         join thread t on t.creator_id = r.creator_id
       on conflict (workspace_id, dedupe_key) do nothing`,
      [
        tx.workspaceId, tx.now, input.campaignId ?? null, input.kind, input.purpose, input.automatic,
        `broadcast:${broadcastId}`, broadcastId, input.authorMemberId ?? null, rows,
      ],
    );
    await touchThreads(tx, rows);
  }
}

async function touchThreads(tx: Tx, rows: string): Promise<void> {
  await tx.em.execute(
    `with mine as materialized (
       select t.id, r.preview from json_to_recordset(?::json) as r(creator_id uuid, preview text)
         join thread t on t.creator_id = r.creator_id order by t.creator_id for no key update of t)
     update thread t set version = version + 1, last_message_at = ?, last_preview = mine.preview, last_direction = 'out'
       from mine where t.id = mine.id and (t.last_message_at is null or t.last_message_at <= ?)`,
    [rows, tx.now, tx.now],
  );
}

/** Personal links are taken out of the texts and kept sealed beside them. */
async function toRows(tx: Tx, recipients: readonly BroadcastRecipient[]) {
  const rows = recipients.map(({ creatorId, texts }) => ({ messageId: newId(), creatorId, ...hideLinks({ ...texts }) }));
  const sealed = await sealLinks(tx, rows);
  return rows.map(({ messageId, creatorId, texts }, index) => ({
    id: messageId,
    thread_id: newId(),
    creator_id: creatorId,
    subject: texts.subject ?? null,
    text: texts.text,
    html: texts.html ?? null,
    short: texts.short ?? null,
    sealed: sealed[index]?.toString('hex') ?? null,
    preview: preview(texts.text),
  }));
}

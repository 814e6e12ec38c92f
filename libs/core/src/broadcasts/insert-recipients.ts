import { newId } from '@sevenfold/platform/ids';
import { cleanJson } from '../db/clean-text.js';
import { executePrepared } from '../db/execute-prepared.js';
import { Prepared } from '../db/prepared.js';
import type { Tx } from '../db/tx.js';
import type { MessageKind, MessagePurpose } from '../inbox/message-kinds.js';
import { hideLinks, sealLinks } from '../inbox/personal-links/index.js';
import { preview } from '../inbox/preview.js';
import type { PlannedChannel } from '../inbox/reach/plan-channels.js';
import type { MessageTexts } from '../inbox/queue-message.js';

/** Recipients to a statement: what goes to the server in one piece stays below a megabyte, so that memory does not grow with chance. */
const atOnce = 100;

export interface RecipientRow {
  creatorId: string;
  texts: MessageTexts;
  /** Where it goes first; chosen later unless told. */
  plan?: PlannedChannel;
}

/** What all messages of a broadcast have in common. */
export interface RecipientCommon {
  campaignId?: string | null;
  kind: MessageKind;
  purpose: MessagePurpose;
  automatic: boolean;
  authorMemberId?: string | null;
  preferredChannel?: string | null;
  /** The batch that writes them and will send them. */
  takenBy?: string;
}

/** A delivery that was queued with its message. */
export interface PlannedDelivery {
  id: string;
  messageId: string;
  channel: string;
}

// All of them take their recipients as one value, $1, which is large: written into the statement it would be copied and looked through several times.

/** A new thread is written as it will stay, so that {@link touchThreads} leaves it alone. */
const insertThreads = new Prepared(
  `insert into thread (id, workspace_id, created_at, creator_id, unread, version, last_message_at, last_preview, last_direction)
   select r.thread_id, $2, $3, r.creator_id, 0, 1, $3, r.preview, 'out' from json_to_recordset($1::json) as r(thread_id uuid, creator_id uuid, preview text)
    where not exists (select 1 from thread t where t.creator_id = r.creator_id offset 0)
   order by r.creator_id on conflict (creator_id) do nothing returning id`,
);

const insertMessages = new Prepared(
  `insert into message (id, workspace_id, created_at, thread_id, creator_id, campaign_id, direction, kind, purpose,
     automatic, dedupe_key, broadcast_id, author_member_id, preferred_channel, channel, subject, text, html, short,
     sealed_links, status)
   select r.id, $2, $3, t.id, r.creator_id, $4, 'out', $5, $6, $7, 'broadcast:' || $8::uuid || ':' || r.creator_id, $8, $9, $10, r.channel,
          r.subject, r.text, r.html, r.short, decode(r.sealed, 'hex'), 'queued'
     from json_to_recordset($1::json)
       as r(id uuid, creator_id uuid, channel text, subject text, text text, html text, short text, sealed text)
     join lateral (select t.id from thread t where t.creator_id = r.creator_id offset 0) t on true
   on conflict (workspace_id, dedupe_key) do nothing`,
);

const insertDeliveries = new Prepared(
  `insert into delivery (id, workspace_id, created_at, message_id, broadcast_id, position, channel, address, status, attempts, claimed_by, claimed_at)
   select r.id, $2, $3, r.message_id, $4, 0, r.channel, r.address, 'queued', 0, $5, $6
     from json_to_recordset($1::json) as r(id uuid, message_id uuid, channel text, address text)`,
);

/** Those that were there before, each by its creator and then by its key: joined, all of the workspace would be read. Locked in the order of the creators. */
const touchThreads = new Prepared(
  `with mine as materialized (
     select t.id, r.preview
       from (select * from json_to_recordset($1::json) as r(thread_id uuid, creator_id uuid, preview text) order by creator_id) r
       join lateral (select t.id from thread t where t.creator_id = r.creator_id and t.id <> r.thread_id for no key update) t on true)
   update thread t set version = version + 1, last_message_at = $2, last_preview = mine.preview, last_direction = 'out'
     from mine where t.id = mine.id and t.id = any(array(select id from mine)) and (t.last_message_at is null or t.last_message_at <= $2)`,
);

/**
 * Writes the messages of a broadcast, their threads, previews and planned deliveries; a hundred recipients to a statement.
 * @returns the deliveries
 */
export async function insertRecipients(
  tx: Tx,
  broadcastId: string,
  common: RecipientCommon,
  recipients: readonly RecipientRow[],
): Promise<PlannedDelivery[]> {
  // One order for everybody: two broadcasts to the same people wait for each other instead of deadlocking.
  const sorted = [...recipients].sort((a, b) => (a.creatorId < b.creatorId ? -1 : 1));
  const deliveries: PlannedDelivery[] = [];
  for (let at = 0; at < sorted.length; at += atOnce) {
    const rows = await toRows(tx, sorted.slice(at, at + atOnce));
    const threads = cleanJson(rows.map(({ thread_id, creator_id, preview: shown }) => ({ thread_id, creator_id, preview: shown })));
    const made = await executePrepared(tx, insertThreads, [threads, tx.workspaceId, tx.now]);
    await executePrepared(tx, insertMessages, [
      cleanJson(rows), tx.workspaceId, tx.now, common.campaignId ?? null, common.kind, common.purpose, common.automatic,
      broadcastId, common.authorMemberId ?? null, common.preferredChannel ?? null,
    ]);
    deliveries.push(...(await insertPlanned(tx, broadcastId, rows, common.takenBy ?? null)));
    if (made.length < rows.length) await executePrepared(tx, touchThreads, [threads, tx.now]);
  }
  return deliveries;
}

async function insertPlanned(tx: Tx, broadcastId: string, rows: readonly Row[], takenBy: string | null): Promise<PlannedDelivery[]> {
  const planned = rows.flatMap(({ id, channel, address }) => (channel === null ? [] : [{ id: newId(), message_id: id, channel, address }]));
  if (planned.length === 0) return [];
  await executePrepared(tx, insertDeliveries, [JSON.stringify(planned), tx.workspaceId, tx.now, broadcastId, takenBy, takenBy === null ? null : tx.now]);
  return planned.map(({ id, message_id, channel }) => ({ id, messageId: message_id, channel }));
}

type Row = Awaited<ReturnType<typeof toRows>>[number];

/** Personal links are taken out of the texts and kept sealed beside them. */
async function toRows(tx: Tx, recipients: readonly RecipientRow[]) {
  const rows = recipients.map(({ creatorId, texts, plan }) => ({ messageId: newId(), creatorId, plan, ...hideLinks({ ...texts }) }));
  const sealed = await sealLinks(tx, rows);
  return rows.map(({ messageId, creatorId, texts, plan }, index) => ({
    id: messageId,
    thread_id: newId(),
    creator_id: creatorId,
    channel: plan?.channel ?? null,
    address: plan?.address ?? null,
    subject: texts.subject ?? null,
    text: texts.text,
    html: texts.html ?? null,
    short: texts.short ?? null,
    sealed: sealed[index]?.toString('hex') ?? null,
    preview: preview(texts.text),
  }));
}

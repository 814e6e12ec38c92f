import { rawInstant, rawInstantOrNull } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import { attachmentsColumn, type AttachmentView } from '../attachments/attachment-view.js';
import { openLinks, showLinks } from '../personal-links/index.js';
import { allOf, olderThan, toPage, type Page, type PageRequest } from '../../paging/index.js';

/** An entry of their own thread, as the creator sees it. */
export interface CreatorMessageView {
  id: string;
  at: Date;
  from: 'me' | 'team';
  /** Who of the team wrote it; null when the product did. */
  author: string | null;
  channel: string | null;
  campaignId: string | null;
  subject: string | null;
  text: string;
  readAt: Date | null;
  attachments: AttachmentView[];
}

interface Row {
  id: string;
  created_at: string;
  direction: 'in' | 'out';
  author: string | null;
  channel: string | null;
  campaign_id: string | null;
  subject: string | null;
  text: string;
  sealed_links: Uint8Array | null;
  read_at: string | null;
  attachments: AttachmentView[] | null;
}

/** A creator's own thread with their personal links, the latest entry first, whatever channel it went by. What is still on its way is not shown. */
export async function creatorThread(tx: Tx, creatorId: string, page: PageRequest): Promise<Page<CreatorMessageView>> {
  const where = allOf([
    { sql: `m.creator_id = ? and m.status not in ('queued', 'claimed')`, params: [creatorId] },
    olderThan(page.cursor, 'm'),
  ]);
  const rows = await tx.em.execute<Row[]>(
    `select m.id, m.created_at, m.direction, a.name as author, m.channel, m.campaign_id, m.subject, m.text, m.sealed_links, m.read_at, ${attachmentsColumn('creator')}
       from message m left join member a on a.id = m.author_member_id
      where m.thread_id = (select id from thread where creator_id = ?) and ${where.sql}
      order by m.created_at desc, m.id desc limit ?`,
    [creatorId, ...where.params, page.limit + 1],
  );
  const links = await openLinks(tx, rows.map((row) => ({ messageId: row.id, creatorId, sealed: row.sealed_links })));
  return toPage(rows, page.limit, (row) => ({ key: rawInstant(row.created_at).toISOString(), id: row.id }), (row) => ({
    id: row.id,
    at: rawInstant(row.created_at),
    from: row.direction === 'in' ? 'me' : 'team',
    author: row.author,
    channel: row.channel,
    campaignId: row.campaign_id,
    subject: row.subject,
    text: showLinks(row.text, links.get(row.id) ?? []),
    readAt: rawInstantOrNull(row.read_at),
    attachments: row.attachments ?? [],
  }));
}

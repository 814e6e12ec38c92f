import { DomainError } from '@sevenfold/domain/errors';
import { findCampaign } from '../campaigns/get-campaign.js';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { readInstantCursor, toPage, type Page, type PageRequest } from '../paging/page.js';

/** An invite as the team sees it. Instants are UTC, ISO 8601. */
export interface InviteView {
  id: string;
  campaignId: string;
  creator: { id: string; name: string };
  text: string;
  status: 'sent' | 'interested' | 'not-qualified';
  sentAt: string;
  sentBy: { id: string; name: string } | null;
  interestedAt: string | null;
  interestVia: string | null;
  missing: { field: string; need?: string; have?: string | null }[] | null;
  messageId: string | null;
}

interface Row extends Omit<InviteView, 'creator' | 'sentBy'> {
  creatorId: string;
  creatorName: string;
  memberId: string | null;
  memberName: string | null;
}

const select = `
  select i.id, i.campaign_id as "campaignId", i.creator_id as "creatorId", c.name as "creatorName", i.text, i.status,
         i.created_at as "sentAt", m.id as "memberId", m.name as "memberName", i.interested_at as "interestedAt",
         i.interest_via as "interestVia", i.missing, i.message_id as "messageId"
    from invite i join creator c on c.id = i.creator_id left join member m on m.id = i.sent_by_member_id`;

/** The invites of a campaign, newest first. @throws DomainError `not_found` */
export async function listInvites(
  tx: Tx,
  { campaignId, status }: { campaignId: string; status?: InviteView['status'] },
  page: PageRequest,
): Promise<Page<InviteView>> {
  await findCampaign(tx, campaignId);
  const after = readInstantCursor(page.cursor);
  const rows = await tx.em.execute<Row[]>(
    `${select} where i.campaign_id = ? ${status ? 'and i.status = ?' : ''}
      ${after ? 'and (i.created_at, i.id) < (?::timestamptz, ?::uuid)' : ''} order by i.created_at desc, i.id desc limit ?`,
    [campaignId, ...(status ? [status] : []), ...(after ? [after.key, after.id] : []), page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: iso(row.sentAt), id: row.id }), present);
}

/** One invite. @throws DomainError `not_found` */
export async function getInvite(tx: Tx, inviteId: string): Promise<InviteView> {
  await tx.em.flush();
  const [row] = await tx.em.execute<Row[]>(`${select} where i.id = ?`, [inviteId]);
  if (!row) throw new DomainError('not_found', { entity: 'invite' });
  await findCampaign(tx, row.campaignId);
  return present(row);
}

function present({ creatorId, creatorName, memberId, memberName, ...row }: Row): InviteView {
  return {
    ...row,
    creator: { id: creatorId, name: creatorName },
    sentBy: memberId === null ? null : { id: memberId, name: memberName ?? '' },
    sentAt: iso(row.sentAt),
    interestedAt: iso(row.interestedAt),
  };
}

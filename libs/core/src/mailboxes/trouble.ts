import type { MailboxFault, MailboxProblem } from '@sevenfold/plugin-sdk';
import type { Tx } from '../db/tx.js';
import { hint } from '../live/hint.js';
import { tellTeam } from '../notices/tell-team.js';
import type { MailboxTrouble } from './mailbox.entity.js';

/** What may pass by itself; everything else lasts until the mailbox's owner does something. */
export const passing: readonly MailboxProblem[] = ['unreachable', 'protocol'];

/** How long a mailbox that is read may be away before its owner is told, in ms: answers that come meanwhile are read afterwards. */
const silentMs = 3_600_000;

/**
 * Keeps what is wrong with a mailbox, and tells its owner: of what lasts at once, of what may pass only when it has lasted.
 * @param version what was learned of an older one counts no more
 * @param tellNow the owner is told in any case
 */
export async function noteTrouble(tx: Tx, { id, version }: { id: string; version: number }, { server, problem, detail }: MailboxFault, { tellNow = false } = {}): Promise<void> {
  const column = server === 'smtp' ? 'smtp_trouble' : 'imap_trouble';
  const [row] = await tx.em.execute<{ member_id: string; member: string; trouble: MailboxTrouble | null }[]>(
    `select b.member_id, m.name as member, b.${column} as trouble from mailbox b join member m on m.id = b.member_id
      where b.id = ? and b.version = ? and b.disconnected_at is null for no key update of b`,
    [id, version],
  );
  if (!row) return;
  const at = tx.now.toISOString();
  const trouble: MailboxTrouble = { problem, detail: detail.slice(0, 60), since: row.trouble?.problem === problem ? row.trouble.since : at, at };
  await tx.em.execute(`update mailbox set ${column} = ?::jsonb where id = ?`, [JSON.stringify(trouble), id]);
  const lasted = tx.now.getTime() - new Date(trouble.since).getTime();
  if (!tellNow && passing.includes(problem) && lasted < silentMs) return;
  await tellTeam(tx, {
    kind: 'mailbox-trouble', refId: id, forMemberId: row.member_id, asks: true,
    dedupeKey: `mailbox-trouble:${id}:${server}:${trouble.since}`,
    data: { member: row.member, server, problem },
  });
}

/** It works (again): what its owner was told is settled. Writes nothing where nothing was wrong. */
export async function settleTrouble(tx: Tx, id: string, servers: readonly ('smtp' | 'imap')[]): Promise<void> {
  const columns = servers.map((server) => `${server}_trouble`);
  const settled = await tx.em.execute<{ id: string }[]>(
    `update mailbox set ${columns.map((column) => `${column} = null`).join(', ')} where id = ? and (${columns.map((column) => `${column} is not null`).join(' or ')}) returning id`,
    [id],
  );
  if (settled.length === 0) return;
  const notices = await tx.em.execute<{ id: string }[]>(
    `update notice set status = 'done', done_at = ? where kind = 'mailbox-trouble' and ref_id = ? and data ->> 'server' in (?) and status = 'open' returning id`,
    [tx.now, id, servers],
  );
  for (const notice of notices) await hint(tx, { entity: 'notice', id: notice.id });
}

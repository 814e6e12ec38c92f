import type { Tx } from '../../db/tx.js';
import { tellTeam } from '../../notices/tell-team.js';
import { hintMessages } from './hint-messages.js';
import type { Unreachable } from '../reach/plan-channels.js';
import type { MessageRow } from './rows.js';

/**
 * Fails a message that no channel can carry, and asks the team for an address. Nobody is asked for the sake of a
 * newsletter: who doesn't get one has not asked for it.
 */
export async function failUnreachable(tx: Tx, message: MessageRow, why: Unreachable): Promise<void> {
  await tx.em.execute(`update message set status = 'failed', code = ? where id = ?`, [why, message.id]);
  await hintMessages(tx, [{ message, status: 'failed', channel: null }]);
  if (message.purpose === 'newsletter') return;
  const [creator] = await tx.em.execute<{ name: string; answered: number }[]>(
    `select name, (select count(*)::int from notice n where n.kind = 'missing-address' and n.creator_id = c.id and n.status = 'done') as answered
       from creator c where id = ?`,
    [message.creatorId],
  );
  await tellTeam(tx, {
    kind: 'missing-address',
    creatorId: message.creatorId,
    campaignId: message.campaignId,
    refId: message.id,
    // One open question per creator; when it was answered and they can't be reached again, a new one.
    dedupeKey: `missing-address:${message.creatorId}:${creator?.answered ?? 0}`,
    data: { creator: creator?.name ?? '', reason: why },
    asks: true,
  });
}

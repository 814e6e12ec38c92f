import type { Tx } from '../../db/tx.js';

/** The message an inbound one answers, as far as can be told. */
export interface Answered {
  messageId: string;
  campaignId: string | null;
}

/**
 * A channel without threads doesn't say what is answered: it is the last we sent over that channel, else the last we
 * sent at all. Messages of no campaign (newsletters) hand on to the one before, so that they tear no talk apart.
 */
export async function findAnswered(tx: Tx, threadId: string, channel: string): Promise<Answered | undefined> {
  const [row] = await tx.em.execute<Answered[]>(
    `select id as "messageId", campaign_id as "campaignId" from message
      where thread_id = ? and direction = 'out' and status <> 'failed'
      order by (channel = ? and campaign_id is not null) is true desc, (campaign_id is not null) desc, created_at desc, id desc limit 1`,
    [threadId, channel],
  );
  return row;
}

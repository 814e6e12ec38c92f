import type { EntityManager } from '@mikro-orm/postgresql';
import type { Tx } from '../../db/tx.js';
import type { Answered } from './find-answered.js';

/** The messages an inbound one names as what it answers, the nearest first. */
export interface References {
  /** By ids of ours, which are ids of deliveries. */
  ours: readonly string[];
  /** By ids of the provider. */
  theirs: readonly string[];
}

interface Referred extends Answered {
  threadId: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Nobody shall make us look for ever. */
const most = 50;

/** The nearest of them that is in this thread: one of another creator's is none, whoever forwarded it. */
export async function findReferred(tx: Tx, threadId: string, references: References): Promise<Answered | undefined> {
  const found = await nearest(tx.em, [threadId], references);
  return found && { messageId: found.messageId, campaignId: found.campaignId };
}

/** Which of these threads holds the nearest of them. @param em may be the system's: threads of several workspaces */
export async function findReferredThread(em: EntityManager, threadIds: readonly string[], references: References): Promise<string | undefined> {
  return (await nearest(em, threadIds, references))?.threadId;
}

async function nearest(em: EntityManager, threadIds: readonly string[], references: References): Promise<Referred | undefined> {
  const ours = references.ours.filter((id) => uuid.test(id)).slice(0, most).map((id) => id.toLowerCase());
  const theirs = references.theirs.filter((id) => id.length <= 1_000).slice(0, most);
  if (threadIds.length === 0 || ours.length + theirs.length === 0) return undefined;
  const rows = await em.execute<(Referred & { ours: string | null; theirs: string | null })[]>(
    `select m.thread_id as "threadId", m.id as "messageId", m.campaign_id as "campaignId", d.id as ours,
            coalesce(d.provider_id, m.provider_id) as theirs
       from message m left join delivery d on d.message_id = m.id
      where m.thread_id in (?)
        and (d.id in (select value::uuid from json_array_elements_text(?::json))
             or coalesce(d.provider_id, m.provider_id) in (select value from json_array_elements_text(?::json)))`,
    [threadIds, JSON.stringify(ours), JSON.stringify(theirs)],
  );
  const distance = (row: (typeof rows)[number]): number => {
    const places = [ours.indexOf(row.ours ?? ''), theirs.indexOf(row.theirs ?? '')].filter((place) => place >= 0);
    return Math.min(...places);
  };
  return rows.toSorted((one, other) => distance(one) - distance(other))[0];
}

/** Whose message is answered, whoever answers it; nobody's when they lead to several workspaces. @param em the system's */
export async function findReferredAnywhere(em: EntityManager, channel: string, references: References): Promise<{ workspaceId: string; creatorId: string } | undefined> {
  const ours = references.ours.filter((id) => uuid.test(id)).slice(0, most).map((id) => id.toLowerCase());
  const theirs = references.theirs.filter((id) => id.length <= 1_000).slice(0, most);
  if (ours.length + theirs.length === 0) return undefined;
  const rows = await em.execute<{ workspaceId: string; creatorId: string }[]>(
    `select m.workspace_id as "workspaceId", m.creator_id as "creatorId"
       from delivery d join message m on m.id = d.message_id join creator c on c.id = m.creator_id
      where c.erased_at is null and d.channel = ?
        and (d.id in (select value::uuid from json_array_elements_text(?::json))
             or d.provider_id in (select value from json_array_elements_text(?::json)))
      order by m.created_at desc`,
    [channel, JSON.stringify(ours), JSON.stringify(theirs)],
  );
  return new Set(rows.map(({ workspaceId }) => workspaceId)).size === 1 ? rows[0] : undefined;
}

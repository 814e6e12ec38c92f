import type { Tx } from '../db/tx.js';
import type { SystemDatabase } from '../system/system-database.js';

/** A connection of a creator. */
export interface PresentCreator {
  connectionId: string;
  workspaceId: string;
  creatorId: string;
}

/** A process that says nothing for this long is gone, and nobody looks through it any more. */
export const presenceMs = 45_000;

/** Says that these creators are looking, for a while from now. Say it again well before {@link presenceMs} is over. */
export async function notePresence(system: SystemDatabase, present: readonly PresentCreator[]): Promise<void> {
  if (present.length === 0) return;
  await system.transaction((em, now) =>
    em.execute(
      `insert into creator_presence (id, workspace_id, created_at, creator_id, until)
       select r."connectionId", r."workspaceId", ?, r."creatorId", ?
         from json_to_recordset(?::json) as r("connectionId" uuid, "workspaceId" uuid, "creatorId" uuid)
        where exists (select 1 from creator c where c.id = r."creatorId")
       on conflict (id) do update set until = excluded.until`,
      [now, new Date(now.getTime() + presenceMs), JSON.stringify(present)],
    ),
  );
}

/** They look no longer. Takes what dead processes have left with it. */
export async function endPresence(system: SystemDatabase, connectionIds: readonly string[]): Promise<void> {
  await system.transaction((em, now) =>
    em.execute('delete from creator_presence where id = any (select jsonb_array_elements_text(?::jsonb)::uuid) or until < ?', [
      JSON.stringify(connectionIds), new Date(now.getTime() - presenceMs),
    ]),
  );
}

/** Which of these creators look right now. */
export async function presentCreators(tx: Tx, creatorIds: readonly string[]): Promise<Set<string>> {
  if (creatorIds.length === 0) return new Set();
  const rows = await tx.em.execute<{ id: string }[]>(
    'select distinct creator_id as id from creator_presence where creator_id in (?) and until > ?',
    [creatorIds, tx.now],
  );
  return new Set(rows.map(({ id }) => id));
}

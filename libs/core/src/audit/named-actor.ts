import type { Actor } from '@sevenfold/domain/actors';
import type { Tx } from '../db/tx.js';

/** Who acted, by name. `id` is the member's or creator's, null for the product itself. */
export interface NamedActor {
  kind: Actor['kind'];
  id: string | null;
  name: string;
  via: Actor['via'];
}

/**
 * Looks up the names of all these actors at once.
 * @returns what names one of them; null for nobody
 */
export async function nameActors(tx: Tx, actors: readonly (Actor | null | undefined)[]) {
  const ids = [...new Set(actors.map(idOf).filter((id) => id !== null))];
  const rows = ids.length === 0 ? [] : await tx.em.execute<{ id: string; name: string }[]>(
    `with wanted as (select value::uuid as id from json_array_elements_text(?::json))
     select id, name from member where id in (select id from wanted)
     union all select id, name from creator where id in (select id from wanted)`,
    [JSON.stringify(ids)],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (actor: Actor | null | undefined): NamedActor | null => {
    if (!actor) return null;
    const id = idOf(actor);
    return { kind: actor.kind, id, via: actor.via, name: id === null ? 'Sevenfold' : (names.get(id) ?? 'Somebody no longer here') };
  };
}

function idOf(actor: Actor | null | undefined): string | null {
  if (!actor || actor.kind === 'system') return null;
  return actor.kind === 'member' ? actor.memberId : actor.creatorId;
}

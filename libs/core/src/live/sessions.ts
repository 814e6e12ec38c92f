import type { Role } from '@sevenfold/domain/roles';
import type { SystemDatabase } from '../system/system-database.js';

/** By what somebody keeps a connection open. */
export type LiveSession =
  | { kind: 'token'; id: string }
  | { kind: 'member'; id: string }
  | { kind: 'link'; id: string };

/** What such a session may do now. */
export interface HeldSession {
  role: Role | null;
  clientId: string | null;
  scopes: string[];
}

/** Which of these sessions still hold, with what they may now; those that were revoked, removed or ran out are missing. One look for all. */
export async function heldSessions(system: SystemDatabase, sessions: readonly LiveSession[]): Promise<Map<string, HeldSession>> {
  if (sessions.length === 0) return new Map();
  const ids = (kind: LiveSession['kind']): string => JSON.stringify(sessions.filter((each) => each.kind === kind).map(({ id }) => id));
  return system.transaction(async (em, now) => {
    const rows = await em.execute<({ id: string } & HeldSession)[]>(
      `select t.id, m.role, m.client_id as "clientId", t.scopes from api_token t join member m on m.id = t.member_id
        where t.id = any (select jsonb_array_elements_text(?::jsonb)::uuid) and t.revoked_at is null and m.removed_at is null
       union all
       select m.id, m.role, m.client_id, '["write"]'::jsonb from member m
        where m.id = any (select jsonb_array_elements_text(?::jsonb)::uuid) and m.removed_at is null and m.slack_user_id is not null
       union all
       select l.id, null, null, '[]'::jsonb from creator_link l join creator c on c.id = l.creator_id
        where l.id = any (select jsonb_array_elements_text(?::jsonb)::uuid) and l.revoked_at is null
          and (l.expires_at is null or l.expires_at > ?) and c.erased_at is null`,
      [ids('token'), ids('member'), ids('link'), now],
    );
    return new Map(rows.map(({ id, ...held }) => [id, held]));
  });
}

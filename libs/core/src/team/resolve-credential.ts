import type { Role } from '@sevenfold/domain/roles';
import { readToken, secretMatches } from '@sevenfold/platform/crypto';
import { Prepared } from '../db/prepared.js';
import type { SystemDatabase } from '../system/system-database.js';

/** Who stands behind a credential. */
export interface SignedInMember {
  workspaceId: string;
  memberId: string;
  role: Role;
  clientId: string | null;
}

export interface SignedInToken extends SignedInMember {
  tokenId: string;
  scopes: string[];
}

interface Row {
  workspace_id: string;
  member_id: string;
  role: Role;
  client_id: string | null;
  scopes: string[];
  secret_hash: string;
  seconds_unused: number | null;
}

/** Between two notes of a token's last use, so that reading does not write with every request. */
const noteEverySeconds = 60;

const tokenById = new Prepared(
  `select t.workspace_id, t.member_id, m.role, m.client_id, t.scopes, t.secret_hash,
          extract(epoch from $1::timestamptz - t.last_used_at)::float8 as seconds_unused
     from api_token t join member m on m.id = t.member_id and m.workspace_id = t.workspace_id
    where t.id = $2 and t.revoked_at is null and m.removed_at is null`,
);
const noteUse = new Prepared('update api_token set last_used_at = $1 where id = $2');
const membersBySlackUser = new Prepared(
  `select workspace_id, id as member_id, role, client_id from member
    where slack_team_id = $1 and slack_user_id = $2 and removed_at is null and ($3::uuid is null or workspace_id = $3::uuid)`,
);

/** The member an API token acts for; null for anything but a token that holds now. */
export async function resolveApiToken(system: SystemDatabase, token: string): Promise<SignedInToken | null> {
  const read = readToken(token);
  if (!read) return null;
  const now = await system.now();
  const [row] = await system.inOneStatement<Row>(tokenById, [now, read.id]);
  if (!row || !secretMatches(read.secret, row.secret_hash)) return null;
  if (row.seconds_unused === null || row.seconds_unused > noteEverySeconds) {
    await system.inOneStatement(noteUse, [now, read.id]);
  }
  const { workspace_id: workspaceId, member_id: memberId, role, client_id: clientId, scopes } = row;
  return { tokenId: read.id, workspaceId, memberId, role, clientId, scopes };
}

/**
 * The members a Slack user is linked to, one in each workspace that has the link.
 * @param workspaceId only in this one
 */
export async function resolveSlackMember(
  system: SystemDatabase,
  slackTeamId: string,
  slackUserId: string,
  workspaceId?: string,
): Promise<SignedInMember[]> {
  const rows = await system.inOneStatement<Pick<Row, 'workspace_id' | 'member_id' | 'role' | 'client_id'>>(
    membersBySlackUser, [slackTeamId, slackUserId, workspaceId ?? null],
  );
  return rows.map((row) => ({ workspaceId: row.workspace_id, memberId: row.member_id, role: row.role, clientId: row.client_id }));
}

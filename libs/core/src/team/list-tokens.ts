import { DomainError } from '@sevenfold/domain/errors';
import { may } from '@sevenfold/domain/roles';
import { audit } from '../audit/audit.js';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { allOf, olderThan, toPage, type Condition, type Page, type PageRequest } from '../paging/index.js';
import type { TokenGiver } from './create-token.js';
import { tokenColumns, toTokenView, type TokenRow, type TokenView } from './views.js';

type Reader = Pick<TokenGiver, 'memberId' | 'role'>;

/** Who manages members sees all tokens, everybody else their own. */
const own = ({ memberId, role }: Reader): Condition =>
  may(role, 'member.manage') ? { sql: 'true', params: [] } : { sql: 't.member_id = ?', params: [memberId] };

/** Tokens, newest first, revoked ones too. */
export async function listTokens(tx: Tx, reader: Reader, page: PageRequest): Promise<Page<TokenView>> {
  const where = allOf([olderThan(page.cursor, 't'), own(reader)]);
  const rows = await tx.em.execute<TokenRow[]>(
    `select ${tokenColumns} from api_token t where ${where.sql} order by t.created_at desc, t.id desc limit ?`,
    [...where.params, page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: iso(row.created_at), id: row.id }), toTokenView);
}

/** Ends a token at once; ending one twice is fine. @throws DomainError `not_found`, also for tokens of others one may not see */
export async function revokeToken(tx: Tx, reader: Reader, tokenId: string): Promise<void> {
  const mine = own(reader);
  const [row] = await tx.em.execute<{ revoked_at: string | null }[]>(
    `select t.revoked_at from api_token t where t.id = ? and ${mine.sql} for no key update`,
    [tokenId, ...mine.params],
  );
  if (!row) throw new DomainError('not_found', { entity: 'token' });
  if (row.revoked_at !== null) return;
  await tx.em.execute('update api_token set revoked_at = ? where id = ?', [tx.now, tokenId]);
  audit(tx, { action: 'token.revoked', entity: 'token', entityId: tokenId });
}

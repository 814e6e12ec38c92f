import type { Database } from '../../db/database.js';
import type { Scope } from '../../db/tx.js';
import type { Page } from '../../paging/index.js';
import { listResults, type BroadcastResult } from './list-results.js';

const pageSize = 1_000;
const header = ['creator_id', 'name', 'state', 'channel', 'code', 'missing_variables', 'attempts', 'sent_at'];

/** The results of a broadcast as CSV, page by page, so that a long list is never in memory as a whole. @throws DomainError `not_found` */
export async function* exportResults(db: Database, scope: Scope, broadcastId: string): AsyncGenerator<string> {
  let cursor: string | undefined;
  // The first page before the first byte: what is not there is refused, not cut off.
  let page = await pageAfter(db, scope, broadcastId, undefined);
  yield line(header);
  for (;;) {
    yield page.data.map((each) => line(cells(each))).join('');
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
    page = await pageAfter(db, scope, broadcastId, cursor);
  }
}

/** Keyed: of a broadcast that has just left the server may not know yet how many it has, and would read them all for each. */
const pageAfter = (db: Database, scope: Scope, broadcastId: string, cursor: string | undefined): Promise<Page<BroadcastResult>> =>
  db.inWorkspace(scope, (tx) => listResults(tx, broadcastId, { limit: pageSize, cursor }), { keyed: true });

function cells({ creator, state, channel, code, variables, deliveries, sentAt }: BroadcastResult): string[] {
  const attempts = deliveries.reduce((sum, each) => sum + each.attempts, 0);
  return [creator.id, creator.name, state, channel ?? '', code ?? '', (variables ?? []).join(' '), String(attempts), sentAt ?? ''];
}

const line = (values: readonly string[]): string => `${values.map(cell).join(',')}\r\n`;

/** Quoted where it must be; and what a spreadsheet would take for a formula begins with an apostrophe: names are typed by strangers. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

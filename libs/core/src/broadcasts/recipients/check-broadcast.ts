import { DomainError } from '@sevenfold/domain/errors';
import type { PluginRegistry } from '@sevenfold/plugin-sdk';
import type { Database } from '../../db/database.js';
import type { Scope, Tx } from '../../db/tx.js';
import { measureOn } from '../../inbox/measure.js';
import { Broadcast } from '../broadcast.entity.js';
import type { SkipReason } from '../broadcast-skip.entity.js';
import { selectCreators } from './selection.js';
import { letterOf } from './write-chunk.js';
import { Writing, type Written } from './writing.js';

/** Some of those who would be skipped, to look at. */
const mostExamples = 10;
/** The process has others to answer: texts are rendered so many at a stretch. */
const pageSize = 250;

export interface SkipCount {
  count: number;
  examples: { creatorId: string; name: string; variables: string[] | null }[];
}

/** What would happen if a broadcast were sent at this moment. */
export interface BroadcastCheck {
  recipients: number;
  /** Messages by the channel they would take first. */
  willSend: Record<string, number>;
  /** What the provider will charge for, by channel, where it charges by the piece. */
  segments: Record<string, number>;
  total: number;
  /** Recipients who would get nothing, by reason. */
  skipped: Partial<Record<SkipReason, SkipCount>>;
  /** How many lack each variable. */
  missingVariables: Record<string, number>;
  /** Messages that go to an address another recipient has as well: each gets their own. */
  sharedAddresses: number;
  variables: string[];
  /** At the pace of the slowest channel, in seconds; null without any limit. */
  atLeastSeconds: number | null;
}

/**
 * Plays a broadcast through without sending: every text is rendered, every address and consent is asked, some hundred recipients at a time. Who is chosen
 * is asked once, so that everybody counts once, whatever changes meanwhile.
 * @throws DomainError `not_found`, `wrong_state` for one whose recipients the product named itself, `invalid_fields`
 */
export async function checkBroadcast(db: Database, scope: Scope, broadcastId: string): Promise<BroadcastCheck> {
  const { ids, writing, rate } = await db.inWorkspace(scope, (tx) => open(tx, broadcastId));
  const check: BroadcastCheck = {
    recipients: 0, willSend: {}, segments: {}, total: 0, skipped: {}, missingVariables: {}, sharedAddresses: 0, variables: [...writing.variables], atLeastSeconds: null,
  };
  const seen = new Set<string>();
  for (let at = 0; at < ids.length; at += pageSize) {
    const page = ids.slice(at, at + pageSize);
    for (const each of await db.inWorkspace(scope, (tx) => writing.to(tx, page))) count(check, seen, each, db.services.plugins);
  }
  check.atLeastSeconds = slowest(db, check, rate);
  return check;
}

async function open(tx: Tx, broadcastId: string): Promise<{ ids: string[]; writing: Writing; rate: number | null }> {
  const broadcast = await tx.em.findOne(Broadcast, { id: broadcastId });
  if (!broadcast) throw new DomainError('not_found', { entity: 'broadcast' });
  if (!broadcast.selection) throw new DomainError('wrong_state', { state: broadcast.status, allowed: ['draft', 'scheduled'] });
  const writing = await Writing.of(tx, letterOf(broadcast));
  // Also when nobody is chosen: texts that cannot be read are said.
  await writing.to(tx, []);
  const chosen = selectCreators(broadcast.selection, tx.now);
  const rows = await tx.em.execute<{ id: string }[]>(`select id from (${chosen.sql}) chosen order by id`, chosen.params);
  return { ids: rows.map(({ id }) => id), writing, rate: broadcast.ratePerSecond ?? null };
}

function count(check: BroadcastCheck, seen: Set<string>, each: Written, plugins: PluginRegistry): void {
  check.recipients += 1;
  if (!('skip' in each)) {
    const { channel, address } = each.plan;
    check.total += 1;
    check.willSend[channel] = (check.willSend[channel] ?? 0) + 1;
    const measure = measureOn(plugins.channel(channel), each.texts);
    if (measure) check.segments[channel] = (check.segments[channel] ?? 0) + measure.segments;
    const key = `${channel} ${address}`;
    if (seen.has(key)) check.sharedAddresses += 1;
    seen.add(key);
    return;
  }
  const known = (check.skipped[each.skip] ??= { count: 0, examples: [] });
  known.count += 1;
  if (known.examples.length < mostExamples) known.examples.push({ creatorId: each.creatorId, name: each.reader?.name ?? '', variables: each.variables });
  for (const name of each.variables ?? []) check.missingVariables[name] = (check.missingVariables[name] ?? 0) + 1;
}

function slowest(db: Database, { willSend }: BroadcastCheck, rate: number | null): number | null {
  const times = Object.entries(willSend).flatMap(([channel, messages]) => {
    const rates = [rate, db.services.plugins.channel(channel)?.traits.ratePerSecond].filter((each) => each != null);
    return rates.length === 0 ? [] : [messages / Math.min(...rates)];
  });
  return times.length === 0 ? null : Math.ceil(Math.max(...times));
}

import { DomainError } from '@sevenfold/domain/errors';
import { rawInstant, rawInstantOrNull } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';
import { allOf, olderThan, toPage, type Condition, type Page, type PageRequest } from '../paging/index.js';
import type { StopReason } from './end-runs.js';
import type { runStatuses } from './sequence-run.entity.js';
import type { Step } from './steps.js';

export interface SequenceView {
  id: string;
  name: string;
  steps: Step[];
  version: number;
  createdAt: Date;
  archivedAt: Date | null;
  runs: { running: number; done: number; stopped: number };
}

export interface RunView {
  id: string;
  sequenceId: string;
  creator: { id: string; name: string };
  campaignId: string | null;
  status: (typeof runStatuses)[number];
  stopReason: StopReason | null;
  /** How many steps there are, how many were sent and left out, and when the next is. */
  steps: number;
  sent: number;
  skipped: number;
  nextAt: Date | null;
  startedAt: Date;
  endedAt: Date | null;
}

interface Row {
  id: string;
  name: string;
  steps: Step[];
  version: number;
  created_at: string;
  archived_at: string | null;
  running: number;
  done: number;
  stopped: number;
}

const counted = ['running', 'done', 'stopped'].map((status) => `count(r.id) filter (where r.status = '${status}')::int as ${status}`).join(', ');
const select = `select s.id, s.name, s.steps, s.version, s.created_at, s.archived_at, ${counted} from sequence s left join sequence_run r on r.sequence_id = s.id`;

/** The sequences, newest first. */
export async function listSequences(tx: Tx, page: PageRequest, { archived = false }: { archived?: boolean | undefined } = {}): Promise<Page<SequenceView>> {
  const where = allOf([{ sql: `s.archived_at is ${archived ? 'not null' : 'null'}`, params: [] }, olderThan(page.cursor, 's')]);
  const rows = await tx.em.execute<Row[]>(`${select} where ${where.sql} group by s.id order by s.created_at desc, s.id desc limit ?`, [...where.params, page.limit + 1]);
  return toPage(rows, page.limit, (row) => ({ key: rawInstant(row.created_at).toISOString(), id: row.id }), present);
}

/** @throws DomainError `not_found` */
export async function getSequence(tx: Tx, sequenceId: string): Promise<SequenceView> {
  const [row] = await tx.em.execute<Row[]>(`${select} where s.id = ? group by s.id`, [sequenceId]);
  if (!row) throw new DomainError('not_found', { entity: 'sequence' });
  return present(row);
}

export interface RunFilter {
  sequenceId?: string | undefined;
  creatorId?: string | undefined;
  status?: (typeof runStatuses)[number] | undefined;
}

interface RunRow {
  id: string;
  sequence_id: string;
  creator_id: string;
  name: string;
  campaign_id: string | null;
  status: RunView['status'];
  stop_reason: StopReason | null;
  steps: number;
  sent: number;
  skipped: number;
  next_at: string | null;
  created_at: string;
  ended_at: string | null;
}

/** Who is in a sequence, or what a creator is in; newest first. */
export async function listRuns(tx: Tx, page: PageRequest, { sequenceId, creatorId, status }: RunFilter = {}): Promise<Page<RunView>> {
  const conditions: Condition[] = [olderThan(page.cursor, 'r')];
  if (sequenceId !== undefined) conditions.push({ sql: 'r.sequence_id = ?', params: [sequenceId] });
  if (creatorId !== undefined) conditions.push({ sql: 'r.creator_id = ?', params: [creatorId] });
  if (status !== undefined) conditions.push({ sql: 'r.status = ?', params: [status] });
  const where = allOf(conditions);
  const rows = await tx.em.execute<RunRow[]>(
    `select r.id, r.sequence_id, r.creator_id, c.name, r.campaign_id, r.status, r.stop_reason, jsonb_array_length(r.steps) as steps, r.sent, r.skipped,
            r.next_at, r.created_at, r.ended_at
       from sequence_run r join creator c on c.id = r.creator_id where ${where.sql} order by r.created_at desc, r.id desc limit ?`,
    [...where.params, page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: rawInstant(row.created_at).toISOString(), id: row.id }), (row) => ({
    id: row.id, sequenceId: row.sequence_id, creator: { id: row.creator_id, name: row.name }, campaignId: row.campaign_id, status: row.status,
    stopReason: row.stop_reason, steps: row.steps, sent: row.sent, skipped: row.skipped, nextAt: rawInstantOrNull(row.next_at),
    startedAt: rawInstant(row.created_at), endedAt: rawInstantOrNull(row.ended_at),
  }));
}

function present({ id, name, steps, version, created_at, archived_at, running, done, stopped }: Row): SequenceView {
  return { id, name, steps, version, createdAt: rawInstant(created_at), archivedAt: rawInstantOrNull(archived_at), runs: { running, done, stopped } };
}

import type { LiveEntity } from '@sevenfold/domain/live';
import type { SystemDatabase } from '../system/system-database.js';
import { resumableMs, type Position } from './position.js';

/** A hint as it is handed on, with what decides who may hear it. */
export interface LiveEvent {
  workspaceId: string;
  entity: LiveEntity;
  id: string;
  version: number | null;
  creatorId: string | null;
  campaignId: string | null;
  /** The client of its campaign, and whether that is out of the draft. */
  clientId: string | null;
  campaignShown: boolean;
}

/** What became visible since a position, and the position after it. Null for `events`: too much or too long ago to tell. */
export interface LiveRead {
  events: LiveEvent[] | null;
  position: Position;
}

/** More than this at once is not told one by one. */
const mostAtOnce = 2_000;

interface Row extends Omit<LiveEvent, 'id'> {
  snapshot: string;
  id: string | null;
}

/**
 * Reads hints of all workspaces, each exactly once per reader. Rows appear in the order their transactions commit, which neither ids nor
 * instants follow; so a reader remembers Postgres' own snapshot and asks for what was not visible in it.
 */
export class LiveFeed {
  private epoch: string | undefined;

  constructor(private readonly system: SystemDatabase) {}

  /** Where somebody stands who has just read everything. */
  async now(): Promise<Position> {
    return this.system.transaction(async (em, now) => {
      const [row] = await em.execute<{ snapshot: string }[]>('select pg_current_snapshot()::text as snapshot');
      return { epoch: await this.database(), snapshot: row?.snapshot ?? '', at: now.getTime() };
    });
  }

  /** @param workspaceId only this one's; otherwise all */
  async since(position: Position, workspaceId?: string): Promise<LiveRead> {
    const epoch = await this.database();
    return this.system.transaction(async (em, now) => {
      const at = now.getTime();
      const known = position.epoch === epoch && at - position.at < resumableMs;
      const rows = await em.execute<Row[]>(
        // One statement, so that the snapshot told is the one the rows were seen by.
        `select s.now::text as snapshot, h.workspace_id as "workspaceId", h.entity, h.entity_id as id, h.version, h.creator_id as "creatorId",
                h.campaign_id as "campaignId", c.client_id as "clientId", coalesce(c.status <> 'draft', false) as "campaignShown"
           from (select pg_current_snapshot() as now) s
           left join live_hint h on ?::boolean and h.xact >= pg_snapshot_xmin(?::pg_snapshot) and not pg_visible_in_snapshot(h.xact, ?::pg_snapshot)
                                and (?::uuid is null or h.workspace_id = ?::uuid)
           left join campaign c on c.id = h.campaign_id
          order by h.xact, h.created_at limit ?`,
        [known, known ? position.snapshot : '1:1:', known ? position.snapshot : '1:1:', workspaceId ?? null, workspaceId ?? null, mostAtOnce + 1],
      );
      const next = { epoch, snapshot: rows[0]?.snapshot ?? position.snapshot, at };
      if (!known || rows.length > mostAtOnce) return { events: null, position: next };
      return { events: rows.flatMap(({ snapshot: _, id, ...row }) => (id === null ? [] : [{ ...row, id }])), position: next };
    });
  }

  /** Some hosted databases forbid the question; then every database counts as the same. */
  private async database(): Promise<string> {
    if (this.epoch !== undefined) return this.epoch;
    const epoch = await this.system
      .transaction((em) =>
        em.execute<{ epoch: string }[]>(
          `select system_identifier || '.' || (select oid from pg_database where datname = current_database()) as epoch from pg_control_system()`,
        ),
      )
      .then(([row]) => row?.epoch ?? 'one', (error: unknown) => {
        if (isDenied(error)) return 'one';
        throw error;
      });
    this.epoch = epoch;
    return epoch;
  }
}

function isDenied(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '42501';
}

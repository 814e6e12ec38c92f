import type { Database } from '../../db/database.js';
import type { Scope } from '../../db/tx.js';
import { hint } from '../../live/index.js';

/** How many recipients were through with in one stretch of about a second; `at` is its end, in ms. */
export interface Tick {
  at: number;
  ended: number;
}

/** Ticks older than this are of no use any more. */
export const tickMemoryMs = 15_000;
const everyMs = 1_000;
const kept = 60;

/** Tells how a broadcast gets on, about once a second and not for each of its thousands. */
export class Ticker {
  private ended = 0;
  private last = performance.now();
  private writing: Promise<void> | undefined;

  constructor(
    private readonly db: Database,
    private readonly scope: Scope,
    private readonly broadcastId: string,
  ) {}

  /** So many more are through. */
  count(ended: number): void {
    this.ended += ended;
    if (this.writing || performance.now() - this.last < everyMs) return;
    this.writing = this.write().finally(() => (this.writing = undefined));
  }

  /** Tells the rest. */
  async end(): Promise<void> {
    await this.writing;
    if (this.ended > 0) await this.write();
  }

  private async write(): Promise<void> {
    const { broadcastId } = this;
    const ended = this.ended;
    this.ended = 0;
    this.last = performance.now();
    // Only a figure on a page: nothing waits for it, and nothing fails for it.
    await this.db.inWorkspace(this.scope, async (tx) => {
      const tick: Tick = { at: tx.now.getTime(), ended };
      const [row] = await tx.em.execute<{ version: number; campaignId: string | null }[]>(
        `update broadcast set version = version + 1,
                ticks = (select jsonb_agg(t order by n) from (
                  select t, n from jsonb_array_elements(coalesce(ticks, '[]') || ?::jsonb) with ordinality as e(t, n)
                   where (t ->> 'at')::float8 > ? order by n desc limit ${kept}) recent)
          where id = ? returning version, campaign_id as "campaignId"`,
        [JSON.stringify(tick), tick.at - tickMemoryMs, broadcastId],
      );
      if (row) await hint(tx, { entity: 'broadcast', id: broadcastId, ...row });
    }).catch(() => undefined);
  }
}

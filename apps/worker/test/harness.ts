import type { Clock } from '@sevenfold/platform/clock';
import { createTimeSkippingEnv } from '@sevenfold/testing/temporal';
import { until } from '@sevenfold/testing/util';
import { workflowBundle } from './bundle.js';
import { buildRig, type Rig, type RigOptions } from './rig.js';

/** One scenario: the product around a Temporal server whose clock jumps, with one worker. */
export interface Scenario extends Rig {
  /** The server's time. */
  now(): Promise<Date>;
  /** Relays, and waits until nothing is being sent or prepared. */
  settle(): Promise<void>;
  /** Lets time pass until `instant`, stopping at every due moment on the way so that nothing is judged late. */
  advanceTo(instant: Date): Promise<void>;
  /** Lets time pass until `instant`, and nothing else. */
  skipTo(instant: Date): Promise<void>;
}

export interface ScenarioOptions extends RigOptions {
  /** The clock starts here instead of at the real time; must lie ahead. */
  startAt?: Date;
}

export async function startScenario(options: ScenarioOptions = {}): Promise<Scenario> {
  const stack = new AsyncDisposableStack();
  const bundle = await workflowBundle();
  const time = stack.use(await createTimeSkippingEnv());
  if (options.startAt) await time.skipTo(options.startAt);
  const clock: Clock = { now: time.now };
  const { client, nativeConnection, namespace = 'default' } = time.env;
  const rig = stack.use(await buildRig({ client, connection: nativeConnection, namespace, clock }, options));
  await rig.work(bundle);
  const { system, relay } = rig;

  const settle = async (): Promise<void> => {
    await until(
      async () => {
        await relay.drainOnce();
        return system.transaction(async (em) => {
          const [busy] = await em.execute<{ n: number }[]>(
            `select (select count(*) from outbox_item where done_at is null)::int
                  + (select count(*) from message m where direction = 'out' and status in ('queued', 'claimed')
                       and not exists (select 1 from delivery d where d.message_id = m.id and d.not_before > $now$))::int
                  + (select count(*) from broadcast where status in ('queued', 'sending'))::int
                  + (select count(*) from agreement where status = 'pending' and pdf_blob_id is null)::int as n`.replace('$now$', '?'),
            [await time.now()],
          );
          return busy?.n === 0;
        });
      },
      { timeoutMs: 20_000, everyMs: 50, what: 'the scenario to settle' },
    );
  };

  /** The earliest moment ahead at which something is due, so that time never jumps over it. */
  const nextMoment = async (): Promise<Date | null> => {
    const now = await time.now();
    return system.transaction(async (em) => {
      const [row] = await em.execute<{ next: string | null }[]>(
        `select min(at) as next from (
           select due_at as at from campaign_milestone m join campaign c on c.id = m.campaign_id
             where m.status = 'pending' and c.paused_at is null and c.status in ('published', 'closed')
           union all select least(case when reminded_at is null then remind_at end, expires_at) from agreement where status = 'pending'
           union all select due_at from digest where status = 'waiting'
           union all select due_at from due_item where done_at is null
         ) moments where at > ?`,
        [now],
      );
      return row?.next ? new Date(row.next) : null;
    });
  };

  const advanceTo = async (instant: Date): Promise<void> => {
    await settle();
    for (;;) {
      const next = await nextMoment();
      if (!next || next > instant) break;
      // A little past it: the workflow's timer has fired and the activity is judged by a clock that has passed it too.
      await time.skipTo(new Date(next.getTime() + 1_000));
      await passed(next);
      await settle();
    }
    await time.skipTo(instant);
    await settle();
  };

  /** Waits, in real time, until what was due at `moment` is done. */
  const passed = async (moment: Date): Promise<void> => {
    await until(
      async () => {
        await relay.drainOnce();
        const next = await system.transaction(async (em) => {
          const [row] = await em.execute<{ n: number }[]>(
            `select ((select count(*) from campaign_milestone m join campaign c on c.id = m.campaign_id
                       where m.status = 'pending' and m.due_at <= ? and c.paused_at is null and c.status in ('published', 'closed'))
                   + (select count(*) from digest where status = 'waiting' and due_at <= ?)
                   + (select count(*) from agreement a join campaign c on c.id = a.campaign_id where a.status = 'pending' and c.paused_at is null
                       and (a.expires_at <= ? or (a.remind_at <= ? and a.reminded_at is null)))
                   + (select count(*) from due_item where done_at is null and due_at <= ? and attempts = 0))::int as n`,
            [moment, moment, moment, moment, moment],
          );
          return row?.n ?? 0;
        });
        return next === 0;
      },
      { timeoutMs: 20_000, everyMs: 50, what: `what was due at ${moment.toISOString()}` },
    );
  };

  return {
    ...rig, settle, advanceTo,
    now: time.now,
    skipTo: time.skipTo,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

import './quiet.js';
import { connect, Database, migrate, type Tx } from '@sevenfold/core/db';
import { Relay, type RelayItem } from '@sevenfold/core/engine';
import { SystemDatabase } from '@sevenfold/core/system';
import { createWorkspace, type CreateWorkspaceInput } from '@sevenfold/core/workspaces';
import type { Actor } from '@sevenfold/domain/actors';
import type { LifecycleCommand } from '@sevenfold/domain/campaigns';
import type { Json, Outcome } from '@sevenfold/domain/errors';
import { findCommand, requestCommand } from '@sevenfold/core/campaigns';
import type { Clock } from '@sevenfold/platform/clock';
import { KeyRing, newDataKey } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import { createLogger } from '@sevenfold/platform/logging';
import { createRegistry, type ChannelPlugin, type SocialPlugin } from '@sevenfold/plugin-sdk';
import { createTestDatabase } from '@sevenfold/testing/postgres';
import { createTimeSkippingEnv } from '@sevenfold/testing/temporal';
import { until } from '@sevenfold/testing/util';
import { deliver, EngineClient } from '@sevenfold/workflow-client';
import { Worker } from '@temporalio/worker';
import { slackQueue } from '@sevenfold/workflows';
import { createActivities } from '../src/activities/index.js';
import { workerOptions } from '../src/engine/worker-options.js';
import { workflowBundle } from './bundle.js';
import { fakePdf, recordingChannel } from './fakes.js';

/** One scenario: a real Postgres, a Temporal server whose clock jumps, the real worker and relay, and channels that write down. */
export interface Scenario extends AsyncDisposable {
  db: Database;
  system: SystemDatabase;
  workspaceId: string;
  /** The first owner. */
  owner: Actor;
  engine: EngineClient;
  /** The server's time. */
  now(): Promise<Date>;
  /** Runs `work` as `actor` (the owner unless told) in the scenario's workspace. */
  as<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Notices the Slack bot was asked to post. */
  announced: string[];
  /** Stores and sends a lifecycle command as the API does. */
  command(campaignId: string, name: LifecycleCommand, options?: { input?: Json; actor?: Actor; id?: string }): Promise<Outcome<Json>>;
  /** Relays, and waits until nothing is being sent or prepared. */
  settle(): Promise<void>;
  /** Lets time pass until `instant`, stopping at every due moment on the way so that nothing is judged late. */
  advanceTo(instant: Date): Promise<void>;
}

export interface ScenarioOptions {
  /** The clock starts here instead of at the real time; must lie ahead. */
  startAt?: Date;
  workspace?: Partial<CreateWorkspaceInput>;
  channels?: ChannelPlugin[];
  socials?: SocialPlugin[];
}

export async function startScenario(options: ScenarioOptions = {}): Promise<Scenario> {
  const stack = new AsyncDisposableStack();
  const [urls, time, bundle] = await Promise.all([
    createTestDatabase({ migrate }).then((each) => stack.use(each)),
    createTimeSkippingEnv().then((each) => stack.use(each)),
    workflowBundle(),
  ]);
  if (options.startAt) await time.skipTo(options.startAt);

  const clock: Clock = { now: time.now };
  const logger = createLogger({ level: process.env['TEST_LOG'] === 'warn' ? 'warn' : 'fatal', name: 'scenario' });
  const plugins = createRegistry(
    options.channels ?? [recordingChannel('in-app', { needsAppSession: true }), recordingChannel('email'), recordingChannel('sms', { newsletter: false })],
    options.socials ?? [],
  );
  const orm = await connect(urls.appUrl, 10);
  const systemOrm = await connect(urls.systemUrl, 5);
  const keyRing = KeyRing.parse(`test:${newDataKey().toString('base64')}`);
  const services = { keyRing, plugins, publicUrl: 'http://127.0.0.1:3000' };
  const db = new Database(orm, clock, services);
  const system = new SystemDatabase(systemOrm, clock);
  stack.defer(() => db.close());
  stack.defer(() => system.close());

  const { workspaceId, ownerId } = await system.transaction((em, now) =>
    createWorkspace(
      { em, now, services },
      {
        name: 'Agency', timeZone: 'Europe/Amsterdam', subscription: 'professional',
        owner: { name: 'Olga Owner', email: 'olga@agency.test' }, ...options.workspace,
      },
    ),
  );
  const owner: Actor = { kind: 'member', memberId: ownerId, role: 'owner', via: 'api' };

  const client = time.env.client;
  const relay = new Relay({ system, listenUrl: urls.systemUrl, deliver: (item: RelayItem) => deliver(client, item), logger });
  const worker = await Worker.create({
    ...workerOptions({ activities: createActivities({ db, system, plugins, clock, logger, pdf: fakePdf }), logger, bundle }),
    connection: time.env.nativeConnection,
    namespace: time.env.namespace ?? 'default',
  });
  const announced: string[] = [];
  const slack = await Worker.create({
    connection: time.env.nativeConnection,
    namespace: time.env.namespace ?? 'default',
    taskQueue: slackQueue,
    activities: { announceNotice: async ({ noticeId }: { noticeId: string }) => void announced.push(noticeId) },
  });
  for (const each of [worker, slack]) {
    const running = each.run();
    stack.defer(async () => {
      each.shutdown();
      await running;
    });
  }
  const engine = new EngineClient(client);

  const as: Scenario['as'] = (actor, work) => db.inWorkspace({ workspaceId, actor }, work);

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
    db, system, workspaceId, owner, engine, announced, as, settle, advanceTo,
    now: time.now,
    async command(campaignId, name, { input = {}, actor = owner, id = newId() } = {}) {
      await as(actor, (tx) => requestCommand(tx, { id, name, campaignId, input }));
      await engine.command({ workspaceId, campaignId, name, commandId: id });
      const done = await as(actor, (tx) => findCommand(tx, id));
      if (!done?.result) throw new Error('The command left no outcome');
      return done.result;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

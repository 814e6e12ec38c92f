import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSlackEmulator, startTwilioEmulator, type SlackEmulator, type TwilioEmulator } from '../../../src/emulators/index.js';
import { startFakeGraph, type FakeGraph } from '../../../src/graph/index.js';
import { DATABASE, environmentOf, sharedEnvironment, type AppName, type Variables } from '../../../src/launcher/app-environment.js';
import { builtProgram } from '../../../src/launcher/built-program.js';
import { root } from '../../../src/launcher/places.js';
import { realParts } from '../../../src/launcher/parts.js';
import { portDefinitions, type PortName, type Ports } from '../../../src/launcher/ports.js';
import type { Secrets } from '../../../src/launcher/secrets.js';
import { startMailSink, type MailSink } from '../../../src/mail/index.js';
import { createDatabase, createRoles, databaseUrls, readRows, startPostgres, type RunningPostgres } from '../../../src/postgres/index.js';
import { TestApi } from '../../../src/product/index.js';
import { startFaultProxy, type FaultProxy } from '../../../src/proxy/index.js';
import { startTemporal, type RunningTemporal } from '../../../src/temporal/index.js';
import { freePort, startChild, type Child } from '../../../src/util/index.js';

const word = (): string => randomBytes(24).toString('hex');

/** What a process says of itself. */
export interface Health {
  alive: number;
  ready: number;
  traffic: number;
  status: string;
  checks: Record<string, string>;
}

/**
 * The three processes of the product, and everything they talk to as something that can be away: nobody starts anything again, neither
 * a process nor a part, unless a test does.
 */
export class Installation implements AsyncDisposable {
  private readonly stack = new AsyncDisposableStack();
  private readonly children = new Map<AppName, Child>();
  private postgres: RunningPostgres | undefined;
  private temporal: RunningTemporal | undefined;

  private constructor(
    private readonly home: string,
    readonly ports: Ports,
    private readonly secrets: Secrets,
    private readonly shared: Variables,
    readonly outside: Outside,
  ) {
    this.stack.defer(() => rm(home, { recursive: true, force: true }));
    this.stack.use(outside);
    this.stack.defer(async () => this.temporal?.stop());
    this.stack.defer(async () => this.postgres?.stop());
    this.stack.defer(async () => void (await Promise.all([...this.children.values()].map((child) => child.stop(20_000)))));
  }

  /** Mail, SMS, Slack and Instagram are there; database, engine and our processes are not. */
  static async prepare(env: Variables = {}): Promise<Installation> {
    const home = await mkdtemp(join(tmpdir(), 'sevenfold-outages-'));
    const ports = await freePorts();
    const secrets: Secrets = {
      database: { superuser: word(), owner: word(), app: word(), system: word() },
      KEY_RING: `k1:${randomBytes(32).toString('base64')},hash:${randomBytes(32).toString('base64')}`,
      SLACK_SERVICE_CREDENTIAL: word(), SLACK_BOT_TOKEN: `xoxb-local-${word()}`, SLACK_SIGNING_SECRET: word(), SEVENFOLD_BOOTSTRAP_TOKEN: word(), PUSH_KEY: randomBytes(32).toString('base64'),
    };
    const outside = await Outside.start(ports, secrets);
    const shared = { ...sharedEnvironment({}, realParts({}), ports, secrets), ...outside.addresses, ENGINE_DEADLINE_MS: '5000', ...env };
    await mkdir(join(home, 'logs'));
    return new Installation(home, ports, secrets, shared, outside);
  }

  /** As the one who holds the bootstrap token. */
  get api(): TestApi {
    return new TestApi(`http://127.0.0.1:${this.ports.api}`, this.secrets.SEVENFOLD_BOOTSTRAP_TOKEN);
  }

  async startProcesses(): Promise<void> {
    for (const app of ['api', 'worker', 'slackbot'] as const) {
      const command = { command: process.execPath, args: [builtProgram(app)], cwd: root };
      const env = { PATH: process.env['PATH'], ...environmentOf(app, this.shared, this.ports) };
      this.children.set(app, await startChild({ ...command, env, logFile: join(this.home, 'logs', `${app}.log`) }));
    }
  }

  /** The processes that run, to be compared: one that was restarted has another id, one that died has none. */
  async pids(): Promise<Record<string, number | 'dead'>> {
    const entries = [...this.children].map(async ([app, { pid, exited }]) => {
      const dead = exited.then(() => 'dead' as const);
      return [app, await Promise.race([dead, new Promise<number>((resolve) => setTimeout(() => resolve(pid), 0))])] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  log(name: string): Promise<string> {
    return readFile(join(this.home, 'logs', `${name}.log`), 'utf8');
  }

  async health(app: AppName): Promise<Health> {
    const port = { api: this.ports.api, worker: this.ports.workerHealth, slackbot: this.ports.slackbotHealth }[app];
    const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(10_000) });
    const [alive, ready, traffic] = await Promise.all([ask('/healthz'), ask('/readyz'), ask('/readyz?for=traffic')]);
    const { status, checks }: Pick<Health, 'status' | 'checks'> = JSON.parse(await ready.text());
    return { alive: alive.status, ready: ready.status, traffic: traffic.status, status, checks };
  }

  /** The database server with its roles and an empty database: what an operator prepares. */
  async startPostgres(): Promise<void> {
    const { superuser, ...passwords } = this.secrets.database;
    this.postgres = await startPostgres({
      dataDir: join(this.home, 'postgres'), port: this.ports.postgres, persistent: true, password: superuser, logFile: join(this.home, 'logs/postgres.log'),
    });
    await createRoles(this.postgres.adminUrl, passwords);
    await createDatabase(this.postgres.adminUrl, DATABASE);
  }

  /** For the migrations. */
  get ownerUrl(): string {
    return databaseUrls(`postgresql://127.0.0.1:${this.ports.postgres}/`, DATABASE, this.secrets.database).ownerUrl;
  }

  async crashPostgres(): Promise<void> {
    await this.postgres?.crash();
    this.postgres = undefined;
  }

  async postgresPid(): Promise<number> {
    return Number((await readFile(join(this.postgres?.dataDir ?? '', 'postmaster.pid'), 'utf8')).split('\n', 1)[0]);
  }

  async startTemporal(): Promise<void> {
    if (this.temporal) throw new Error('The engine is there already');
    this.temporal = await startTemporal({ dbFile: join(this.home, 'temporal.db'), port: this.ports.temporal });
  }

  async killTemporal(): Promise<void> {
    await this.temporal?.kill();
    this.temporal = undefined;
  }

  get temporalPid(): number {
    return this.temporal?.pid ?? 0;
  }

  /** Reads rows past everything, for what no page shows. */
  rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
    const url = new URL(this.postgres?.adminUrl ?? '');
    url.pathname = `/${DATABASE}`;
    return readRows<T>(url.href, sql, values);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stack.disposeAsync();
  }
}

/** The world outside: each of the four can be sent away and called back. */
export class Outside implements AsyncDisposable {
  private constructor(
    private readonly stack: AsyncDisposableStack,
    private readonly ports: Ports,
    private sink: MailSink,
    readonly twilio: TwilioEmulator,
    readonly slack: SlackEmulator,
    readonly graph: FakeGraph,
    private readonly proxies: Record<'twilio' | 'slack' | 'instagram', FaultProxy>,
  ) {
    this.stack.defer(() => this.sink.close());
  }

  static async start(ports: Ports, secrets: Secrets): Promise<Outside> {
    const stack = new AsyncDisposableStack();
    const sink = await startMailSink({ port: ports.smtp });
    const twilio = stack.use(await startTwilioEmulator());
    const slack = stack.use(await startSlackEmulator({ botToken: secrets.SLACK_BOT_TOKEN, signingSecret: secrets.SLACK_SIGNING_SECRET }));
    const graph = stack.use(await startFakeGraph());
    const proxies = {
      twilio: stack.use(await startFaultProxy(twilio.url)),
      slack: stack.use(await startFaultProxy(slack.url)),
      instagram: stack.use(await startFaultProxy(graph.url)),
    };
    return new Outside(stack, ports, sink, twilio, slack, graph, proxies);
  }

  get addresses(): Variables {
    const { twilio, slack, instagram } = this.proxies;
    return { TWILIO_API_BASE: twilio.url, SLACK_API_URL: `${slack.url}/api/`, INSTAGRAM_GRAPH_URL: `${instagram.url}/v23.0` };
  }

  /** Nobody listens for mail, Twilio is down, Slack and Instagram break the line. */
  async leave(): Promise<void> {
    await this.sink.close();
    this.proxies.twilio.rules.add({ fault: { kind: 'answer', status: 503 } });
    this.proxies.slack.rules.add({ fault: { kind: 'cut-before' } });
    this.proxies.instagram.rules.add({ fault: { kind: 'cut-before' } });
  }

  async comeBack(): Promise<void> {
    const { mails } = this.sink;
    this.sink = await startMailSink({ port: this.ports.smtp });
    this.sink.mails.push(...mails);
    for (const { rules } of Object.values(this.proxies)) rules.clear();
  }

  /** Subjects of what this address got. */
  mailsTo(address: string): string[] {
    return this.sink.to(address).map(({ parsed }) => parsed.subject ?? '');
  }

  /** Posts in the team's channel. */
  async posts(): Promise<string[]> {
    return (await this.slack.messages('campaigns')).map(({ text }) => text);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stack.disposeAsync();
  }
}

async function freePorts(): Promise<Ports> {
  const names = Object.keys(portDefinitions) as PortName[];
  const free = new Set<number>();
  while (free.size < names.length) free.add(await freePort());
  return Object.fromEntries(names.map((name, index) => [name, [...free][index]])) as Ports;
}

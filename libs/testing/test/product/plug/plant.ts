import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@sevenfold/core/db';
import { addressHash, KeyRing } from '@sevenfold/platform/crypto';
import { startTwilioEmulator, twilioAccount, type TwilioEmulator } from '../../../src/emulators/index.js';
import { builtProgram } from '../../../src/launcher/built-program.js';
import { root } from '../../../src/launcher/places.js';
import { startMailSink, type MailSink } from '../../../src/mail/index.js';
import { createDatabase, createRoles, databaseUrls, readRows, startPostgres } from '../../../src/postgres/index.js';
import { TestApi } from '../../../src/product/index.js';
import { startFaultProxy, type FaultProxy } from '../../../src/proxy/index.js';
import { startTemporal } from '../../../src/temporal/index.js';
import { freePort, startChild, until, type Child } from '../../../src/util/index.js';

export interface Recipient {
  id: string;
  name: string;
  email?: string;
  sms?: string;
}

const word = (): string => randomBytes(24).toString('hex');

/** One of our processes, started again as soon as it dies, as any supervisor would. */
class Kept {
  private child: Child | undefined;
  private stopping = false;

  constructor(private readonly app: 'api' | 'worker', private readonly env: NodeJS.ProcessEnv, readonly port: number, private readonly log: string) {}

  async start(): Promise<void> {
    this.child = await startChild({
      command: process.execPath, args: [builtProgram(this.app)], cwd: root, env: this.env, logFile: this.log,
    });
    void this.child.exited.then(() => (this.stopping ? undefined : this.start()));
  }

  async ready(): Promise<void> {
    const url = `http://127.0.0.1:${this.port}/readyz?for=traffic`;
    await until(async () => (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok, { what: `${this.app} to be ready`, timeoutMs: 90_000, everyMs: 100 });
  }

  kill(): void {
    this.child?.signal('SIGKILL');
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.child?.stop(15_000);
  }
}

/** Two API and two worker processes on one database and one engine, with real SMTP and the Twilio emulator behind a proxy that breaks lines. */
export class Plant implements AsyncDisposable {
  private turn = 0;

  private constructor(
    private readonly stack: AsyncDisposableStack,
    readonly sink: MailSink,
    readonly twilio: TwilioEmulator,
    readonly proxy: FaultProxy,
    readonly workers: readonly Kept[],
    private readonly apis: readonly Kept[],
    private readonly adminUrl: string,
    private readonly keyRing: KeyRing,
    private readonly bootstrap: string,
    readonly home: string,
  ) {}

  static async start(env: Record<string, string>): Promise<Plant> {
    const stack = new AsyncDisposableStack();
    try {
      const home = await mkdtemp(join(tmpdir(), 'sevenfold-plug-'));
      stack.defer(() => (process.env['SEVENFOLD_KEEP'] === '1' ? undefined : rm(home, { recursive: true, force: true })));
      const passwords = { owner: word(), app: word(), system: word() };
      const postgres = await startPostgres({ dataDir: join(home, 'postgres'), port: await freePort(), password: word(), persistent: false, logFile: join(home, 'postgres.log') });
      stack.defer(() => postgres.stop());
      await createRoles(postgres.adminUrl, passwords);
      await createDatabase(postgres.adminUrl, 'sevenfold');
      const urls = databaseUrls(postgres.adminUrl, 'sevenfold', passwords);
      const temporalPort = await freePort();
      const [temporal] = await Promise.all([startTemporal({ dbFile: join(home, 'temporal.db'), port: temporalPort, logFile: join(home, 'temporal.log') }), migrate(urls.ownerUrl)]);
      stack.defer(() => temporal.stop());
      const sink = stack.use(await startMailSink());
      const twilio = stack.use(await startTwilioEmulator());
      const proxy = stack.use(await startFaultProxy(twilio.url));
      const ring = `k1:${randomBytes(32).toString('base64')},hash:${randomBytes(32).toString('base64')}`;
      const ports = await Promise.all(Array.from({ length: 6 }, () => freePort()));
      const bootstrap = word();
      const shared = {
        PATH: process.env['PATH'], NODE_ENV: 'production', LOG_LEVEL: 'warn', KEY_RING: ring, SEVENFOLD_BOOTSTRAP_TOKEN: bootstrap, SLACK_SERVICE_CREDENTIAL: word(),
        DATABASE_URL: urls.appUrl, DATABASE_URL_SYSTEM: urls.systemUrl, TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}`, PUBLIC_URL: `http://127.0.0.1:${ports[0]}`,
        SEVENFOLD_PLUGINS: '@sevenfold/channel-in-app,@sevenfold/channel-email,@sevenfold/channel-sms-twilio',
        SMTP_URL: sink.url, MAIL_FROM: 'Plug <plug@sevenfold.test>',
        TWILIO_ACCOUNT_SID: twilioAccount.accountSid, TWILIO_AUTH_TOKEN: twilioAccount.authToken, TWILIO_FROM: twilioAccount.from, TWILIO_API_BASE: proxy.url,
        ...env,
      };
      const kept = (app: 'api' | 'worker', index: number): Kept => {
        const port = ports[index] ?? 0;
        const own = { API_PORT: String(port), HEALTH_PORT: String(port), METRICS_PORT: String(ports[index + 4] ?? port) };
        return new Kept(app, { ...shared, ...own }, port, join(home, `${app}-${index}.log`));
      };
      const apis = [kept('api', 0), kept('api', 1)];
      const workers = [kept('worker', 2), kept('worker', 3)];
      for (const each of [...apis, ...workers]) {
        await each.start();
        stack.defer(() => each.stop());
      }
      await Promise.all([...apis, ...workers].map((each) => each.ready()));
      const admin = new URL(postgres.adminUrl);
      admin.pathname = '/sevenfold';
      return new Plant(stack, sink, twilio, proxy, workers, apis, admin.href, KeyRing.parse(ring), bootstrap, home);
    } catch (error) {
      await stack.disposeAsync();
      throw error;
    }
  }

  /** The two in turn. */
  api(token = this.bootstrap): TestApi {
    this.turn += 1;
    return new TestApi(`http://127.0.0.1:${this.apis[this.turn % this.apis.length]?.port}`, token);
  }

  async workspace(): Promise<{ token: string; workspaceId: string }> {
    const made = await this.api().made('/v1/workspaces', {
      name: 'Plug', timeZone: 'Europe/Amsterdam', subscription: 'professional', owner: { name: 'Olga', email: 'olga@plug.test' },
    });
    // Tests run at any hour, and what disturbs would wait for the morning.
    await this.api(String(made['token'])).patch('/v1/workspace', { messaging: { quietHours: null } });
    return { token: String(made['token']), workspaceId: String(made['workspace']?.['id']) };
  }

  /** Recipients in bulk, with the addresses they have. */
  async recipients(workspaceId: string, people: readonly Omit<Recipient, 'id'>[]): Promise<Recipient[]> {
    const made = people.map((each) => ({ id: crypto.randomUUID(), ...each }));
    const points = made.flatMap(({ id, email, sms }) => [...(email ? [{ id, channel: 'email', address: email }] : []), ...(sms ? [{ id, channel: 'sms', address: sms }] : [])]);
    const rows = points.map((each) => ({ ...each, hash: addressHash(this.keyRing, each.channel, each.address) }));
    await this.query(
      `insert into creator (id, workspace_id, created_at, name, languages, in_network, newsletter_opt_in, updated_at)
       select r.id, $1, now(), r.name, '[]', true, true, now() from json_to_recordset($2) as r(id uuid, name text)`, [workspaceId, JSON.stringify(made)]);
    await this.query(
      `insert into contact_point (id, workspace_id, created_at, creator_id, channel, address, address_hash)
       select gen_random_uuid(), $1, now(), r.id, r.channel, r.address, r.hash from json_to_recordset($2) as r(id uuid, channel text, address text, hash text)`,
      [workspaceId, JSON.stringify(rows)]);
    return made;
  }

  query<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
    return readRows<T>(this.adminUrl, sql, values);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stack.disposeAsync();
  }
}

import { mkdir } from 'node:fs/promises';
import { channelWebhookUrl } from '@sevenfold/plugin-sdk';
import { startSlackEmulator, startTwilioEmulator } from '../emulators/index.js';
import { startFakeGraph } from '../graph/index.js';
import { startMaildev } from '../mail/index.js';
import { createDatabase, createRoles, startPostgres } from '../postgres/index.js';
import { startTemporal } from '../temporal/index.js';
import { DATABASE, type Variables } from './app-environment.js';
import { logFile } from './logs.js';
import type { RealParts } from './parts.js';
import type { Places } from './places.js';
import type { Ports } from './ports.js';
import type { Secrets } from './secrets.js';
import type { Running } from './supervise.js';

export interface Launch {
  name: string;
  launch(): Promise<Running>;
}

export interface EmbeddedOptions {
  real: RealParts;
  ports: Ports;
  places: Places;
  secrets: Secrets;
  shared: Variables;
}

/** The parts the person has no real ones of: how each is started, in the order they are stopped in reverse. */
export function embeddedParts({ real, ports, places, secrets, shared }: EmbeddedOptions): Launch[] {
  const slack = { port: ports.slack, botToken: shared.SLACK_BOT_TOKEN, signingSecret: shared.SLACK_SIGNING_SECRET };
  const parts: (Launch | false)[] = [
    !real.postgres && { name: 'PostgreSQL', launch: () => database(ports.postgres, places, secrets) },
    !real.temporal && { name: 'Temporal', launch: () => engine(ports, places) },
    !real.mail && { name: 'mail sink', launch: () => mails(ports, places) },
    !real.twilio && {
      name: 'Twilio emulator',
      launch: async () => inProcess(await startTwilioEmulator({ port: ports.twilio, smsUrl: smsUrl(shared) })),
    },
    !real.slack && { name: 'Slack emulator', launch: async () => inProcess(await startSlackEmulator(slack)) },
    !real.instagram && { name: 'fake Instagram', launch: async () => inProcess(await startFakeGraph({ port: ports.instagram })) },
  ];
  return parts.filter((part) => part !== false);
}

async function database(port: number, places: Places, { database: { superuser, ...passwords } }: Secrets): Promise<Running> {
  await mkdir(places.data, { recursive: true });
  const server = await startPostgres({
    dataDir: places.postgres,
    port,
    persistent: true,
    password: superuser,
    logFile: await logFile(places.logs, 'postgres'),
  });
  await createRoles(server.adminUrl, passwords);
  await createDatabase(server.adminUrl, DATABASE);
  return { exited: server.exited, stop: server.stop };
}

async function engine(ports: Ports, places: Places): Promise<Running> {
  const log = await logFile(places.logs, 'temporal');
  const options = { dbFile: places.temporal, port: ports.temporal, uiPort: ports.temporalUi, logFile: log, retentionDays: 30 };
  const server = await startTemporal(options);
  return { exited: server.exited, stop: () => server.stop() };
}

async function mails(ports: Ports, places: Places): Promise<Running> {
  const log = await logFile(places.logs, 'mail');
  const child = await startMaildev({ smtpPort: ports.smtp, webPort: ports.mailPage, folder: places.mail, logFile: log });
  return { exited: child.exited, stop: () => child.stop() };
}

/** Lives in the launcher itself and ends with it. */
function inProcess({ close }: { close(): Promise<void> }): Running {
  return { exited: new Promise(() => undefined), stop: close };
}

function smsUrl(shared: Variables): string {
  return channelWebhookUrl({ publicUrl: shared.PUBLIC_URL ?? '' }, 'sms');
}

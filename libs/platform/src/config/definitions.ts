import { z } from 'zod';
import { maxBlobBytes } from '../blobs/index.js';
import { logLevels } from '../logging/index.js';
import { bytes, count, hostAndPort, hostList, httpUrl, keyRing, milliseconds, packageList, port, postgresUrl, proxyList, pushContact, pushKey, secret, text, yesOrNo } from './schemas.js';
import type { Variable } from './variable.js';

const about = <Schema extends z.ZodType>(schema: Schema, description: string): Schema => schema.meta({ description });

const defaultPlugins = ['@sevenfold/channel-in-app', '@sevenfold/channel-email', '@sevenfold/channel-sms-twilio', '@sevenfold/social-instagram'];

/** Every variable the processes read, apart from those of the plugins. */
export const definitions = {
  databaseOwner: {
    name: 'DATABASE_URL_OWNER',
    schema: about(postgresUrl, 'The database as its owner, who makes and changes tables. Only setup uses it.'),
    fix: 'Set it to postgres://owner:password@host:5432/database.',
    secret: true,
  },
  database: {
    name: 'DATABASE_URL',
    schema: about(postgresUrl, 'The database as the app role, which sees one workspace at a time.'),
    fix: 'Set it to postgres://app:password@host:5432/database, with the role setup made.',
    secret: true,
  },
  databaseSystem: {
    name: 'DATABASE_URL_SYSTEM',
    schema: about(postgresUrl, 'The database as the system role, which sees every workspace: deliveries, sign-in, webhooks.'),
    fix: 'Set it to postgres://system:password@host:5432/database, with the role setup made.',
    secret: true,
  },
  temporalAddress: {
    name: 'TEMPORAL_ADDRESS',
    schema: about(hostAndPort, 'Where the Temporal server listens for gRPC.'),
    fix: 'Set it to host:port, on one machine localhost:7233.',
  },
  temporalNamespace: {
    name: 'TEMPORAL_NAMESPACE',
    schema: about(text, 'The Temporal namespace the campaigns run in.'),
    fix: 'Set it to a namespace that exists, or leave it out.',
    fallback: 'default',
  },
  apiHost: {
    name: 'API_HOST',
    schema: about(text, 'The interface the API listens on.'),
    fix: 'Set it to an IP address of this machine, or leave it out for all.',
    fallback: '0.0.0.0',
  },
  apiPort: {
    name: 'API_PORT',
    schema: about(port, 'The port the API listens on; 0 takes a free one.'),
    fix: 'Set it to a free port, or leave it out for 3000.',
    fallback: '3000',
  },
  apiUrl: {
    name: 'API_URL',
    schema: about(httpUrl, 'Where the Slack bot reaches the API.'),
    fix: 'Set it to the root of the API, on one machine http://localhost:3000.',
  },
  publicUrl: {
    name: 'PUBLIC_URL',
    schema: about(httpUrl, 'Where creators and webhooks reach us: the root of every link we send.'),
    fix: 'Set it to the address people type, such as https://campaigns.example.org.',
  },
  keyRing: {
    name: 'KEY_RING',
    schema: about(keyRing, 'The keys that wrap data keys: id:base64key,…, the first is the current one, 32 bytes each. An entry with the id hash is the key for hashes of addresses.'),
    fix: 'Make a key by `openssl rand -base64 32` and set it to k1:<key>.',
    secret: true,
  },
  slackServiceCredential: {
    name: 'SLACK_SERVICE_CREDENTIAL',
    schema: about(secret, 'By it the Slack bot proves to the API that it is the bot; the same in both.'),
    fix: 'Make one by `openssl rand -hex 32` and set it for the API and the bot.',
    secret: true,
  },
  slackBotToken: {
    name: 'SLACK_BOT_TOKEN',
    schema: about(text, 'The token of the Slack app in its workspace.'),
    fix: 'Copy the Bot User OAuth Token (xoxb-…) of the Slack app.',
    secret: true,
  },
  slackSigningSecret: {
    name: 'SLACK_SIGNING_SECRET',
    schema: about(text, 'By it the bot knows that a request comes from Slack.'),
    fix: 'Copy the Signing Secret from the Basic Information of the Slack app.',
    secret: true,
  },
  slackApiUrl: {
    name: 'SLACK_API_URL',
    // Slack's client wants the trailing slash.
    schema: about(httpUrl.transform((url) => `${url}/`), 'Where the Slack Web API is; other than the default for tests.'),
    fix: 'Leave it out, or set it to the root of a stand-in.',
    fallback: 'https://slack.com/api/',
  },
  slackChannel: {
    name: 'SLACK_CHANNEL',
    schema: about(text, 'The Slack channel the team is told in, by id or name.'),
    fix: 'Set it to the id of a channel the bot was invited to, such as C0123456789.',
  },
  slackbotPort: {
    name: 'SLACKBOT_PORT',
    schema: about(port, 'The port the Slack bot listens on; 0 takes a free one.'),
    fix: 'Set it to a free port, or leave it out for 3001.',
    fallback: '3001',
  },
  plugins: {
    name: 'SEVENFOLD_PLUGINS',
    schema: about(packageList, 'The packages of the channels and social networks, between commas.'),
    fix: 'Set it to names of installed packages between commas, or leave it out.',
    fallback: defaultPlugins.join(','),
  },
  pushKey: {
    name: 'PUSH_KEY',
    schema: about(pushKey, 'The key by which push services know us: 32 random bytes in base64. Without it creators cannot have their devices notified; another one forgets every device.'),
    fix: 'Make one by `openssl rand -base64 32` and set it for the API and the worker, or leave it out.',
    secret: true,
  },
  pushContact: {
    name: 'PUSH_CONTACT',
    schema: about(pushContact, 'How the operators of push services reach whoever runs this installation.'),
    fix: 'Set it to mailto:somebody@example.org or an https address, or leave it out for the host of PUBLIC_URL.',
  },
  pushAnyAddress: {
    name: 'PUSH_ANY_ADDRESS',
    schema: about(yesOrNo, 'Whether devices may be behind addresses of this network, and without TLS. For tests only: a creator chooses the address.'),
    fix: 'Leave it out, or set it to no.',
    fallback: 'no',
  },
  mailboxPrivateHosts: {
    name: 'MAILBOX_PRIVATE_HOSTS',
    schema: about(hostList, 'Mail servers inside this network that members’ own mailboxes may be at, by name or address, between commas; at any port, and without TLS if they say so. All others must be on the public internet.'),
    fix: 'Set it to names or addresses of mail servers between commas, or leave it out.',
  },
  bootstrapToken: {
    name: 'SEVENFOLD_BOOTSTRAP_TOKEN',
    schema: about(secret, 'Allows making the first workspace; take it out afterwards.'),
    fix: 'Make one by `openssl rand -hex 32`, or leave it out.',
    secret: true,
  },
  logLevel: {
    name: 'LOG_LEVEL',
    schema: about(z.enum(logLevels, { error: `is none of ${logLevels.join(', ')}` }), 'The least important lines that are logged.'),
    fix: 'Set it to one of them, or leave it out for info.',
    fallback: 'info',
  },
  healthPort: {
    name: 'HEALTH_PORT',
    schema: about(port, 'The port of /healthz and /readyz of a process that has no other; 0 takes a free one.'),
    fix: 'Set it to a free port, or leave it out for 3002 (worker) or 3003 (Slack bot).',
    fallback: '3002',
  },
  metricsPort: {
    name: 'METRICS_PORT',
    schema: about(port, 'The port of the API’s /metrics, which is no business of whoever may call the API; 0 takes a free one. The other processes have theirs on HEALTH_PORT.'),
    fix: 'Set it to a free port, or leave it out for no metrics.',
  },
  tracesEndpoint: {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    schema: about(httpUrl, 'Where traces are sent by OTLP over HTTP; the other OTEL_ variables of OpenTelemetry count as well.'),
    fix: 'Set it to the root of a collector, such as http://localhost:4318, or leave it out for no traces.',
  },
  maxBodyBytes: {
    name: 'MAX_BODY_BYTES',
    schema: about(bytes(100 * 1024 * 1024), 'The largest body of a request other than a file, in bytes.'),
    fix: 'Set it to a number of bytes, or leave it out for 1 MiB.',
    fallback: String(1024 * 1024),
  },
  maxFileBytes: {
    name: 'MAX_FILE_BYTES',
    schema: about(bytes(maxBlobBytes), 'The largest file that may be uploaded, in bytes.'),
    fix: 'Set it to a number of bytes, or leave it out for 25 MiB.',
    fallback: String(maxBlobBytes),
  },
  trustedProxies: {
    name: 'TRUSTED_PROXIES',
    schema: about(proxyList, 'The reverse proxies whose X-Forwarded-For is believed: where a signature came from is on record.'),
    fix: 'Set it to IP addresses or networks between commas, also loopback, linklocal, uniquelocal; or leave it out for none.',
  },
  requestsPerMinute: {
    name: 'REQUESTS_PER_MINUTE',
    schema: about(count(1_000_000), 'How many requests one token or link may make in a minute, counted in each API process by itself.'),
    fix: 'Set it to a number of requests, or leave it out for 6000.',
    fallback: '6000',
  },
  engineDeadlineMs: {
    name: 'ENGINE_DEADLINE_MS',
    schema: about(milliseconds(60_000), 'How long the API waits for the engine before it answers engine_unavailable, in milliseconds.'),
    fix: 'Set it to a number of milliseconds, or leave it out for 10000.',
    fallback: '10000',
  },
} satisfies Record<string, Variable>;

import { slackWorkspace, twilioAccount } from '../emulators/index.js';
import { databaseUrls } from '../postgres/index.js';
import type { RealParts } from './parts.js';
import type { Ports } from './ports.js';
import type { Secrets } from './secrets.js';

export type AppName = 'api' | 'worker' | 'slackbot';
export type Variables = Record<string, string>;

/** Name of the embedded database. */
export const DATABASE = 'sevenfold';

/**
 * The variables every part of the product gets: what the person set, and for the rest the embedded parts and the
 * made-up secrets. Worked out before anything is started, so that all of it can be checked first.
 */
export function sharedEnvironment(env: NodeJS.ProcessEnv, real: RealParts, ports: Ports, secrets: Secrets): Variables {
  const { database: _passwords, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, ...madeUp } = secrets;
  const api = `http://localhost:${ports.api}`;
  return {
    ...madeUp,
    API_PORT: String(ports.api),
    SLACKBOT_PORT: String(ports.slackbot),
    API_URL: `http://127.0.0.1:${ports.api}`,
    PUBLIC_URL: api,
    TEMPORAL_NAMESPACE: 'default',
    LOG_LEVEL: 'info',
    ...(real.postgres ? {} : embeddedDatabase(ports, secrets)),
    ...(real.temporal ? {} : { TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}` }),
    ...(real.mail ? {} : localMail(ports)),
    ...(real.twilio ? {} : emulatedTwilio(ports)),
    ...(real.slack ? {} : { ...emulatedSlack(ports), SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET }),
    ...(real.instagram ? {} : fakeInstagram(ports)),
    // What the person set wins; an empty variable counts as not set.
    ...Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => Boolean(pair[1]?.trim()))),
  };
}

/** The variables of one process: HEALTH_PORT has one name in both, and only one meaning each. */
export function environmentOf(app: AppName, shared: Variables, ports: Ports): Variables {
  const healthPort = { api: ports.api, worker: ports.workerHealth, slackbot: ports.slackbotHealth }[app];
  const { DATABASE_URL_OWNER: _migrationsOnly, ...rest } = shared;
  return { ...rest, HEALTH_PORT: String(healthPort), METRICS_PORT: String(ports.apiMetrics), NODE_ENV: shared.NODE_ENV ?? 'production' };
}

function embeddedDatabase(ports: Ports, { database }: Secrets): Variables {
  const urls = databaseUrls(`postgresql://127.0.0.1:${ports.postgres}/`, DATABASE, database);
  return { DATABASE_URL_OWNER: urls.ownerUrl, DATABASE_URL: urls.appUrl, DATABASE_URL_SYSTEM: urls.systemUrl };
}

function localMail(ports: Ports): Variables {
  return {
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    MAIL_FROM: 'Sevenfold <campaigns@sevenfold.example>',
    MAIL_REPLY_ADDRESS: 'reply@in.sevenfold.example',
    MAIL_IN_LISTEN: `127.0.0.1:${ports.mailIn}`,
  };
}

function emulatedTwilio(ports: Ports): Variables {
  return {
    TWILIO_ACCOUNT_SID: twilioAccount.accountSid,
    TWILIO_AUTH_TOKEN: twilioAccount.authToken,
    TWILIO_FROM: twilioAccount.from,
    TWILIO_API_BASE: `http://127.0.0.1:${ports.twilio}`,
    TWILIO_RATE_PER_SECOND: '50',
    // Twilio answers HELP by itself; the emulator does not.
    TWILIO_HELP_TEXT: 'Sevenfold: messages about your campaigns. Reply STOP to end them.',
  };
}

function emulatedSlack(ports: Ports): Variables {
  return { SLACK_API_URL: `http://127.0.0.1:${ports.slack}/api/`, SLACK_CHANNEL: slackWorkspace.channelName };
}

function fakeInstagram(ports: Ports): Variables {
  return {
    INSTAGRAM_GRAPH_URL: `http://127.0.0.1:${ports.instagram}/v23.0`,
    INSTAGRAM_ACCESS_TOKEN: 'local-access-token',
    INSTAGRAM_ACCOUNT_ID: '17841400000000000',
    // Nothing is slow here; a demo with a day of seconds cannot wait for what a real Instagram needs.
    INSTAGRAM_POLL_MS: '100',
    INSTAGRAM_SETTLE_MS: '1000',
  };
}

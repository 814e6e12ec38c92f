import { definitions as d } from './definitions.js';
import { load, type Environment, type Loaded } from './load.js';

const tracesEndpoint = { ...d.tracesEndpoint, optional: true as const };
const push = {
  pushKey: { ...d.pushKey, optional: true as const },
  pushContact: { ...d.pushContact, optional: true as const },
  pushAnyAddress: d.pushAnyAddress,
};

const mailboxPrivateHosts = { ...d.mailboxPrivateHosts, optional: true as const };

/** What each process reads. A variable that is not listed here is not looked at. */
export const shapes = {
  setup: {
    databaseOwnerUrl: d.databaseOwner,
    databaseUrl: d.database,
    databaseSystemUrl: d.databaseSystem,
    logLevel: d.logLevel,
  },
  api: {
    databaseUrl: d.database,
    databaseSystemUrl: d.databaseSystem,
    temporalAddress: d.temporalAddress,
    temporalNamespace: d.temporalNamespace,
    host: d.apiHost,
    port: d.apiPort,
    publicUrl: d.publicUrl,
    keyRing: d.keyRing,
    // Without a Slack bot there is nothing to check.
    slackServiceCredential: { ...d.slackServiceCredential, optional: true as const },
    plugins: d.plugins,
    ...push,
    mailboxPrivateHosts,
    bootstrapToken: { ...d.bootstrapToken, optional: true as const },
    logLevel: d.logLevel,
    maxBodyBytes: d.maxBodyBytes,
    maxFileBytes: d.maxFileBytes,
    requestsPerMinute: d.requestsPerMinute,
    trustedProxies: { ...d.trustedProxies, optional: true as const },
    engineDeadlineMs: d.engineDeadlineMs,
    metricsPort: { ...d.metricsPort, optional: true as const },
    tracesEndpoint,
  },
  worker: {
    databaseUrl: d.database,
    databaseSystemUrl: d.databaseSystem,
    temporalAddress: d.temporalAddress,
    temporalNamespace: d.temporalNamespace,
    publicUrl: d.publicUrl,
    keyRing: d.keyRing,
    plugins: d.plugins,
    ...push,
    mailboxPrivateHosts,
    logLevel: d.logLevel,
    healthPort: d.healthPort,
    tracesEndpoint,
  },
  slackbot: {
    apiUrl: d.apiUrl,
    slackServiceCredential: d.slackServiceCredential,
    slackBotToken: d.slackBotToken,
    slackSigningSecret: d.slackSigningSecret,
    slackApiUrl: d.slackApiUrl,
    // Without one, workspaces that name no channel of their own are told in the console alone.
    slackChannel: { ...d.slackChannel, optional: true as const },
    temporalAddress: d.temporalAddress,
    temporalNamespace: d.temporalNamespace,
    port: d.slackbotPort,
    // The worker has 3002 on the same machine.
    healthPort: { ...d.healthPort, fallback: '3003' },
    logLevel: d.logLevel,
    tracesEndpoint,
  },
};

export type SetupConfig = Loaded<typeof shapes.setup>;
export type ApiConfig = Loaded<typeof shapes.api>;
export type WorkerConfig = Loaded<typeof shapes.worker>;
export type SlackbotConfig = Loaded<typeof shapes.slackbot>;

/** The configuration of setup, which makes tables and roles. Throws ConfigError. */
export const loadSetupConfig = (env: Environment): SetupConfig => load(shapes.setup, env);

/** The configuration of the API. Throws ConfigError with everything that is wrong. */
export const loadApiConfig = (env: Environment): ApiConfig => load(shapes.api, env);

/** The configuration of the worker. Throws ConfigError with everything that is wrong. */
export const loadWorkerConfig = (env: Environment): WorkerConfig => load(shapes.worker, env);

/** The configuration of the Slack bot. Throws ConfigError with everything that is wrong. */
export const loadSlackbotConfig = (env: Environment): SlackbotConfig => load(shapes.slackbot, env);

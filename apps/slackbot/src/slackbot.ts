import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { SlackbotConfig } from '@sevenfold/platform/config';
import { startHealthServer } from '@sevenfold/platform/health';
import type { Logger } from '@sevenfold/platform/logging';
import { createMetrics, startTracing } from '@sevenfold/platform/telemetry';
import { ResidentWorker } from '@sevenfold/workflow-client/resident';
import { Announcer } from './announce/announcer.js';
import { BotApi } from './api/bot-api.js';
import { slackActivities } from './engine/slack.activities.js';
import { ObserveInterceptor } from './engine/observe.js';
import { slackAnswers } from './health/slack-answers.js';
import { registerListeners } from './listeners/index.js';

export interface Slackbot {
  /** Ends what runs, then closes every door. */
  stop(): Promise<void>;
}

/** Starts the bot: Bolt's listeners, the activity-only worker of the queue `slack`, and the health page. */
export async function startSlackbot(config: SlackbotConfig, logger: Logger): Promise<Slackbot> {
  const metrics = createMetrics('slackbot');
  const tracing = await startTracing({ name: 'slackbot', endpoint: config.tracesEndpoint });
  const receiver = new HTTPReceiver({
    signingSecret: config.slackSigningSecret,
    port: config.port,
    endpoints: ['/slack/events'],
    unhandledRequestTimeoutMillis: 3_000,
    logLevel: LogLevel.WARN,
  });
  const app = new App({
    token: config.slackBotToken,
    receiver,
    clientOptions: { slackApiUrl: config.slackApiUrl, retryConfig: { retries: 0 } },
    // Who the bot is comes with the first call; asking at boot would tie the start to Slack being there.
    tokenVerificationEnabled: false,
    logLevel: LogLevel.WARN,
  });
  app.error(async (error) => logger.error({ code: error.code }, 'a Slack listener failed'));
  registerListeners(app);

  const api = new BotApi({ apiUrl: config.apiUrl, credential: config.slackServiceCredential });
  const announcer = new Announcer({ slack: app.client, api, defaultChannel: config.slackChannel, logger });
  const time = metrics.durations('announcement_duration_seconds', 'How long posts to Slack take, by outcome.', ['outcome']);
  const engine = new ResidentWorker({
    address: config.temporalAddress,
    namespace: config.temporalNamespace,
    logger,
    options: {
      // The queue the workflows name for Slack; the bot shares no more with them than this word.
      taskQueue: 'slack',
      activities: slackActivities(announcer),
      // Slack takes about one message a second per channel.
      maxConcurrentActivityTaskExecutions: 2,
      interceptors: { activity: [(context) => ({ inbound: new ObserveInterceptor(context, time) })] },
      shutdownGraceTime: '10 seconds',
    },
  });

  await app.start();
  const health = await startHealthServer({
    port: config.healthPort,
    metrics: () => metrics.render(),
    // Whatever is away, a press is better answered by us, with what went wrong, than by nobody.
    vital: [],
    checks: { engine: () => engine.check(), api: () => api.ping(), slack: slackAnswers(app.client) },
  });
  engine.start();
  return {
    async stop() {
      await health.close();
      await app.stop();
      await engine.stop();
      await tracing.stop();
    },
  };
}

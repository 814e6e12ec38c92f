import { ConfigError, loadSlackbotConfig } from '@sevenfold/platform/config';
import { createLogger } from '@sevenfold/platform/logging';
import { mapUncaught } from '@sevenfold/platform/stack-traces';
import { startSlackbot } from './slackbot.js';

mapUncaught();
try {
  const config = loadSlackbotConfig(process.env);
  const logger = createLogger({ level: config.logLevel, name: 'slackbot' });
  const bot = await startSlackbot(config, logger);
  logger.info('slackbot is up');
  const stop = (): void => {
    bot.stop().then(
      () => {
        logger.info('slackbot has stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'the bot did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(78);
}

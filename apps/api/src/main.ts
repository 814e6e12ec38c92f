import { UnsafeRoleError } from '@sevenfold/core/db';
import { ConfigError, loadApiConfig } from '@sevenfold/platform/config';
import { createLogger } from '@sevenfold/platform/logging';
import { mapUncaught } from '@sevenfold/platform/stack-traces';
import { PluginLoadError } from '@sevenfold/plugin-sdk';
import { startApi } from './start.js';

mapUncaught();
try {
  const config = loadApiConfig(process.env);
  const logger = createLogger({ level: config.logLevel, name: 'api' });
  const api = await startApi(config, process.env, logger);
  logger.info({ port: api.port }, 'api is up');
  const stop = (): void => {
    api.stop().then(
      () => {
        logger.info('api has stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'the api did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  void api.refused.then(misconfigured);
} catch (error) {
  if (!(error instanceof ConfigError) && !(error instanceof PluginLoadError) && !(error instanceof UnsafeRoleError)) throw error;
  misconfigured(error);
}

function misconfigured({ message }: Error): never {
  process.stderr.write(`${message}\n`);
  process.exit(78);
}

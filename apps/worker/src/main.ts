import { UnsafeRoleError } from '@sevenfold/core/db';
import { ConfigError, loadWorkerConfig } from '@sevenfold/platform/config';
import { createLogger } from '@sevenfold/platform/logging';
import { mapUncaught } from '@sevenfold/platform/stack-traces';
import { PluginLoadError } from '@sevenfold/plugin-sdk';
import { startWorkerProcess } from './worker-process.js';

mapUncaught();
try {
  const config = loadWorkerConfig(process.env);
  const logger = createLogger({ level: config.logLevel, name: 'worker' });
  const worker = await startWorkerProcess(config, process.env, logger);
  logger.info('worker is up');
  const stop = (): void => {
    worker.stop().then(
      () => {
        logger.info('worker has stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'the worker did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  void worker.refused.then(misconfigured);
} catch (error) {
  if (!(error instanceof ConfigError) && !(error instanceof PluginLoadError) && !(error instanceof UnsafeRoleError)) throw error;
  misconfigured(error);
}

function misconfigured({ message }: Error): never {
  process.stderr.write(`${message}\n`);
  process.exit(78);
}

import { connectLater, Database } from '@sevenfold/core/db';
import { SystemDatabase } from '@sevenfold/core/system';
import { systemClock } from '@sevenfold/platform/clock';
import { createKeyRing } from '@sevenfold/platform/crypto';
import { createLogger } from '@sevenfold/platform/logging';
import { createRegistry } from '@sevenfold/plugin-sdk';
import { EngineClient, lazyEngine } from '@sevenfold/workflow-client';
import type { ApiDeps } from '../deps.js';

/** Real dependencies that connect to nothing: enough to describe the API, on any machine. */
export function placeholderDeps(): ApiDeps {
  const orm = connectLater('postgresql://nobody@localhost:1/nothing');
  const keyRing = createKeyRing([{ id: 'none', key: Buffer.alloc(32) }]);
  const plugins = createRegistry([]);
  const publicUrl = 'http://localhost';
  return {
    config: { publicUrl, maxBodyBytes: 1, maxFileBytes: 1, requestsPerMinute: 1, slackServiceCredential: undefined, trustedProxies: undefined },
    db: new Database(orm, systemClock, { keyRing, plugins, publicUrl }),
    system: new SystemDatabase(orm, systemClock),
    engine: new EngineClient(lazyEngine({ address: 'localhost:1', namespace: 'none' })),
    plugins,
    keyRing,
    clock: systemClock,
    logger: createLogger({ level: 'error', name: 'openapi' }),
  };
}

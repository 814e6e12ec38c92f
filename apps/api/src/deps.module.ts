import { Module, type DynamicModule } from '@nestjs/common';
import { Database } from '@sevenfold/core/db';
import { SystemDatabase } from '@sevenfold/core/system';
import { KeyRing } from '@sevenfold/platform/crypto';
import { pluginChecks } from '@sevenfold/platform/health';
import { EngineClient } from '@sevenfold/workflow-client';
import { CLOCK, CONFIG, DATABASE_CHECK, LOGGER, PLUGIN_CHECKS, PLUGINS, type ApiDeps } from './deps.js';
import { LiveHub } from './live/live-hub.js';

/** Hands the dependencies to every controller. Classes are injected by themselves, the rest by the tokens of `deps.ts`. */
@Module({})
export class DepsModule {
  static with(deps: ApiDeps): DynamicModule {
    const providers = [
      { provide: Database, useValue: deps.db },
      { provide: SystemDatabase, useValue: deps.system },
      { provide: EngineClient, useValue: deps.engine },
      { provide: KeyRing, useValue: deps.keyRing },
      { provide: PLUGINS, useValue: deps.plugins },
      { provide: CLOCK, useValue: deps.clock },
      { provide: LOGGER, useValue: deps.logger },
      { provide: CONFIG, useValue: deps.config },
      { provide: DATABASE_CHECK, useValue: () => (deps.database ?? { check: () => deps.db.ping() }).check() },
      { provide: PLUGIN_CHECKS, useValue: deps.pluginChecks ?? pluginChecks(deps.plugins) },
      // Made by Nest, which then closes it with the API.
      { provide: LiveHub, useFactory: () => new LiveHub({ ...deps, times: deps.liveTimes ?? {} }) },
    ];
    return { module: DepsModule, global: true, providers, exports: providers };
  }
}

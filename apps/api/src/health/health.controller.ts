import { Controller, Get, Inject, Res } from '@nestjs/common';
import { Database } from '@sevenfold/core/db';
import { ApiResponse } from '@nestjs/swagger';
import { runChecks, type Checks } from '@sevenfold/platform/health';
import type { PluginRegistry } from '@sevenfold/plugin-sdk';
import { EngineClient } from '@sevenfold/workflow-client';
import type { Response } from 'express';
import { z } from 'zod';
import { Public } from '../auth/route-policy.js';
import { PLUGINS } from '../deps.js';
import { ApiAbout, ApiOk } from '../openapi/answers.js';

const alive = z.object({ status: z.literal('ok') });
const readiness = z
  .object({
    status: z.enum(['ready', 'degraded', 'not_ready']).meta({
      description: 'degraded: facts are taken, but commands or messages wait for what is away. not_ready comes with 503',
    }),
    checks: z.record(z.string(), z.string()).meta({ description: 'Each dependency: `ok`, or why not' }),
  })
  .meta({ id: 'Readiness' });

@Controller()
export class HealthController {
  constructor(
    private readonly db: Database,
    private readonly engine: EngineClient,
    @Inject(PLUGINS) private readonly plugins: PluginRegistry,
  ) {}

  @Get('healthz')
  @Public()
  @ApiAbout('Whether the process lives')
  @ApiOk(alive)
  healthz(): z.infer<typeof alive> {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Public()
  @ApiAbout('Whether the process can work, and what it misses')
  @ApiOk(readiness, 'It works, or misses something it can do without for a while')
  @ApiResponse({ status: 503, standardSchema: readiness, description: 'It cannot work' })
  async readyz(@Res({ passthrough: true }) response: Response): Promise<z.infer<typeof readiness>> {
    const { status, checks } = await runChecks({
      database: () => this.db.ping(),
      engine: () => this.engine.ping(),
      ...this.pluginChecks(),
    });
    // Without the engine facts still go in: taking this process out of service would stop them too.
    if (checks['database'] !== 'ok') response.status(503);
    return { status: status === 'ready' ? 'ready' : checks['database'] === 'ok' ? 'degraded' : 'not_ready', checks };
  }

  private pluginChecks(): Checks {
    const named = [
      ...this.plugins.channels.map((plugin) => [plugin.channel, plugin] as const),
      ...this.plugins.socials.map((plugin) => [plugin.platform, plugin] as const),
    ];
    return Object.fromEntries(
      named.map(([name, plugin]) => [
        `plugin ${name}`,
        async () => {
          const { ok, detail } = await plugin.health();
          if (!ok) throw new Error(detail ?? 'does not work');
        },
      ]),
    );
  }
}

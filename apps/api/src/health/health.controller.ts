import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { runChecks, sharedCheck, vitalChecks, type Checks } from '@sevenfold/platform/health';
import { EngineClient } from '@sevenfold/workflow-client';
import type { Response } from 'express';
import { z } from 'zod';
import { Public } from '../auth/route-policy.js';
import { DATABASE_CHECK, PLUGIN_CHECKS } from '../deps.js';
import { ApiAbout, ApiOk } from '../openapi/answers.js';

const alive = z.object({ status: z.literal('ok') });
const readiness = z
  .object({
    status: z.enum(['ready', 'degraded', 'not_ready']).meta({
      description: 'degraded: requests are served and facts taken, but commands or messages wait for what is away',
    }),
    checks: z.record(z.string(), z.string()).meta({ description: 'Each dependency: `ok`, or why not' }),
  })
  .meta({ id: 'Readiness' });
const asked = z.object({
  for: z.enum(['traffic']).optional().meta({ description: '`traffic`: only whether requests can be served, for who routes them' }),
});

/** Without the engine facts still go in: taking this process out of service would stop them too. */
const vital = ['database'];

@Controller()
export class HealthController {
  private readonly checks: Checks;

  constructor(engine: EngineClient, @Inject(DATABASE_CHECK) database: () => Promise<void>, @Inject(PLUGIN_CHECKS) plugins: Checks) {
    this.checks = { database, engine: sharedCheck(() => engine.ping()), ...plugins };
  }

  @Get('healthz')
  @Public()
  @ApiAbout('Whether the process lives')
  @ApiOk(alive)
  healthz(): z.infer<typeof alive> {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Public()
  @ApiAbout('Whether everything the process works with is there, or only what it needs to be given requests')
  @ApiOk(readiness, 'Everything that was asked for is there')
  @ApiResponse({ status: 503, standardSchema: readiness, description: 'Something is away, and this is why' })
  async readyz(
    @Query({ schema: asked }) query: z.infer<typeof asked>, @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof readiness>> {
    const result = await runChecks(query.for === 'traffic' ? vitalChecks(this.checks, vital) : this.checks, { vital });
    if (result.status !== 'ready') response.status(503);
    return result;
  }
}

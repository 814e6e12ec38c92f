import { All, Controller, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { Database } from '@sevenfold/core/db';
import { receiveInbound } from '@sevenfold/core/inbox';
import { onInboundForInvite } from '@sevenfold/core/invites';
import { SystemDatabase } from '@sevenfold/core/system';
import { DomainError } from '@sevenfold/domain/errors';
import type { Logger } from '@sevenfold/platform/logging';
import type { Request, Response } from 'express';
import { Public } from '../auth/route-policy.js';
import { LOGGER } from '../deps.js';

/**
 * The providers' webhooks, each handed to its channel's plugin as the bytes it came as. Who may call is the plugin's to
 * say: it checks the signature. What below a channel's address is its own.
 */
@Controller('v1/hooks/channels')
export class ChannelHooksController {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @All([':channel', ':channel/*rest'])
  @Public()
  @ApiExcludeEndpoint()
  async receive(@Param('channel') channel: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const answer = await receiveInbound(
      {
        db: this.db,
        system: this.system,
        logger: this.logger,
        onInbound: async (tx, fact) => void (await onInboundForInvite(tx, fact)),
      },
      channel,
      {
        method: request.method,
        path: request.originalUrl,
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value])),
        rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      },
    );
    if (!answer) throw new DomainError('not_found', { entity: 'channel' });
    response.status(answer.status).type(answer.contentType ?? 'text/plain').send(answer.body ?? '');
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { changeCreator } from '@sevenfold/core/creators';
import { Database } from '@sevenfold/core/db';
import { markReadByCreator } from '@sevenfold/core/inbox';
import { subscribeDevice, unsubscribeDevice } from '@sevenfold/core/push';
import { SystemDatabase } from '@sevenfold/core/system';
import { isId } from '@sevenfold/platform/ids';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Public } from '../auth/route-policy.js';
import { LiveHub } from '../live/live-hub.js';
import { stream } from '../live/stream.js';
import { creatorHears } from '../live/who-hears.js';
import { subscribeSchema, type Subscribe } from '../push/push.schemas.js';
import { formOf } from './form.js';
import { lookAgain } from './send-page.js';
import { visitorOf } from './visitor.js';

const forgetSchema = z.strictObject({ endpoint: z.string().min(1).max(1_000) });

/** What the script of a thread's page calls: live hints, what was read, devices to notify. */
@Controller('c/:token/messages')
@ApiExcludeController()
export class DevicePageController {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
    private readonly hub: LiveHub,
  ) {}

  @Get('live')
  @Public()
  async live(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { scope, creatorId, linkId } = await visitorOf(this.system, request, token, 'creator');
    const session = { kind: 'link' as const, id: linkId };
    const held = { role: null, clientId: null, scopes: [] };
    await stream(this.hub, { workspaceId: scope.workspaceId, session, held, hears: creatorHears(creatorId), caller: `link:${linkId}`, creatorId }, request, response);
  }

  /** By a press too, where no script runs. */
  @Post('read')
  @Public()
  async read(@Param('token') token: string, @Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const { scope, creatorId } = await visitorOf(this.system, request, token, 'creator');
    const { upTo } = formOf(body);
    await this.db.inWorkspace(scope, (tx) => markReadByCreator(tx, creatorId, isId(upTo ?? '') ? upTo : undefined));
    lookAgain(response, `/c/${token}/messages`);
  }

  /** Who wants to be notified here reads here: messages go to the app first, and by mail when they lie unread. */
  @Post('devices')
  @Public()
  @HttpCode(204)
  async notify(@Param('token') token: string, @Req() request: Request, @Body({ schema: subscribeSchema }) { endpoint, keys }: Subscribe): Promise<void> {
    const { scope, creatorId } = await visitorOf(this.system, request, token, 'creator');
    await this.db.inWorkspace(scope, async (tx) => {
      await subscribeDevice(tx, creatorId, { endpoint, keys });
      await changeCreator(tx, creatorId, { hasApp: true });
    });
  }

  /** With the last device goes the app: messages find their old way again. */
  @Post('devices/forget')
  @Public()
  @HttpCode(204)
  async forget(@Param('token') token: string, @Req() request: Request, @Body({ schema: forgetSchema }) { endpoint }: z.infer<typeof forgetSchema>): Promise<void> {
    const { scope, creatorId } = await visitorOf(this.system, request, token, 'creator');
    await this.db.inWorkspace(scope, async (tx) => {
      const left = await unsubscribeDevice(tx, creatorId, { endpoint });
      if (!left) await changeCreator(tx, creatorId, { hasApp: false });
    });
  }
}

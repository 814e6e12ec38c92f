import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CurrentCreator, CurrentMember } from '../auth/decorators.js';
import type { CreatorPrincipal, MemberPrincipal } from '../auth/principal.js';
import { Can, ForCreator } from '../auth/route-policy.js';
import { ApiAbout, ApiEvents } from '../openapi/answers.js';
import { LiveHub } from './live-hub.js';
import { stream } from './stream.js';
import { creatorHears, memberHears } from './who-hears.js';

const events = 'Events `ready`, `hint` {entity, id, version}, `resync` (read everything again) and `closed` (the session is over)';

/** What changes while somebody looks: hints, upon which they read again what they show. */
@Controller('v1')
export class LiveController {
  constructor(private readonly hub: LiveHub) {}

  @Get('live')
  @Can('campaign.read')
  @ApiAbout('Hear of changes as they happen', 'Server-sent events. A hint says that a row you may read has changed; read it again. `Last-Event-ID` goes on where a connection broke.')
  @ApiEvents(events)
  team(@CurrentMember() principal: MemberPrincipal, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { scope, session, caller, role, clientId, scopes } = principal;
    const held = { role, clientId, scopes };
    return stream(this.hub, { workspaceId: scope.workspaceId, session, held, hears: memberHears(principal), caller }, request, response);
  }

  @Get('creator/live')
  @ForCreator()
  @ApiAbout('Hear of changes in my thread as they happen', 'Server-sent events. While it is open the creator counts as looking, and is not called by push.')
  @ApiEvents(events)
  creator(@CurrentCreator() principal: CreatorPrincipal, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { scope, session, caller, creatorId } = principal;
    const held = { role: null, clientId: null, scopes: [] };
    return stream(this.hub, { workspaceId: scope.workspaceId, session, held, hears: creatorHears(creatorId), caller, creatorId }, request, response);
  }
}

import { Controller, Get, Param, Post, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Database } from '@sevenfold/core/db';
import { unsubscribe, whoUnsubscribes } from '@sevenfold/core/inbox';
import { SystemDatabase } from '@sevenfold/core/system';
import { DomainError } from '@sevenfold/domain/errors';
import { KeyRing } from '@sevenfold/platform/crypto';
import type { Response } from 'express';
import { Public } from '../auth/route-policy.js';
import { html } from '../pages/html.js';
import { PageFilter } from '../pages/page.filter.js';
import { sendPage } from '../pages/send-page.js';

/** The end of the newsletter. GET only shows the button: scanners open every link. POST is also what mail programs press. */
@Controller('u')
@ApiExcludeController()
@UseFilters(PageFilter)
export class UnsubscribeController {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
    private readonly keyRing: KeyRing,
  ) {}

  @Get(':token')
  @Public()
  async show(@Param('token') token: string, @Res() response: Response): Promise<void> {
    const { workspace } = await this.who(token);
    sendPage(response, {
      title: 'Unsubscribe',
      of: workspace,
      body: html`<div class="card"><h1>No more newsletters?</h1><p>Other messages to many end as well. Answers to you, invites and agreements still arrive.</p>
<form method="post" action="/u/${token}"><button type="submit">Unsubscribe</button></form></div>`,
    });
  }

  @Post(':token')
  @Public()
  async act(@Param('token') token: string, @Res() response: Response): Promise<void> {
    const { workspaceId, creatorId, workspace } = await this.who(token);
    await this.db.inWorkspace({ workspaceId, actor: { kind: 'creator', creatorId, via: 'link' } }, (tx) => unsubscribe(tx, creatorId));
    sendPage(response, {
      title: 'Unsubscribed', of: workspace, body: html`<div class="card"><h1>Done</h1><p>You get no more newsletters from ${workspace}.</p></div>`,
    });
  }

  private async who(token: string) {
    const found = await whoUnsubscribes(this.system, this.keyRing, token);
    if (!found) throw new DomainError('not_found');
    return found;
  }
}

import { Body, Controller, Get, Post } from '@nestjs/common';
import { Database } from '@sevenfold/core/db';
import { expressInterest, ownInvite, ownInvites } from '@sevenfold/core/invites';
import { DomainError } from '@sevenfold/domain/errors';
import { CurrentCreator } from '../auth/decorators.js';
import type { CreatorPrincipal } from '../auth/principal.js';
import { ForCreator } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { interestOutcomeSchema, interestSchema, type Interest } from '../invites/invites.schemas.js';
import { ApiAbout, ApiOk, ApiProblems } from '../openapi/answers.js';
import { ownInviteListSchema, ownInviteSchema } from './creator.schemas.js';
import { assertLinkFor } from './narrowed.js';

/** Invites as the invited see them. */
@Controller('v1/creator/invites')
export class OwnInvitesController {
  constructor(private readonly db: Database) {}

  @Get()
  @ForCreator()
  @ApiAbout('My invites, newest first')
  @ApiOk(ownInviteListSchema)
  async list(@CurrentCreator() { scope, creatorId }: CreatorPrincipal) {
    return { data: await this.db.reading(scope, (tx) => ownInvites(tx, creatorId)) };
  }

  @Get(':id')
  @ForCreator('invite')
  @ApiAbout('One invite')
  @ApiOk(ownInviteSchema)
  get(@CurrentCreator() principal: CreatorPrincipal, @Id() id: string) {
    assertLinkFor(principal, id);
    return this.db.inWorkspace(principal.scope, (tx) => ownInvite(tx, { inviteId: id, creatorId: principal.creatorId }));
  }

  @Post(':id/interest')
  @ForCreator('invite')
  @ApiAbout('I’m interested', 'Makes a pending application. Values nobody knows are asked for, in `about`.')
  @ApiOk(interestOutcomeSchema)
  @ApiProblems('campaign_closed', 'invalid_fields')
  async interest(@CurrentCreator() principal: CreatorPrincipal, @Id() id: string, @Body({ schema: interestSchema }) { about }: Interest) {
    assertLinkFor(principal, id);
    const outcome = await this.db.inWorkspace(principal.scope, (tx) =>
      expressInterest(tx, { inviteId: id, creatorId: principal.creatorId, via: 'link', about }),
    );
    // Here the creator can be asked on the spot.
    if (outcome.outcome === 'asked') throw new DomainError('invalid_fields', { fields: outcome.fields });
    return outcome;
  }
}

import { Body, Controller, Delete, Get, Patch, Put } from '@nestjs/common';
import { changeCreator, getCreator, type CreatorView } from '@sevenfold/core/creators';
import { Database, type Tx } from '@sevenfold/core/db';
import { subscribe, unsubscribe } from '@sevenfold/core/inbox';
import { CurrentCreator } from '../auth/decorators.js';
import type { CreatorPrincipal } from '../auth/principal.js';
import { ForCreator } from '../auth/route-policy.js';
import { nothingSchema } from '../campaigns/campaigns.schemas.js';
import { creatorSchema } from '../creators/creators.schemas.js';
import { ApiAbout, ApiOk } from '../openapi/answers.js';
import { changeMeSchema, type ChangeMe } from './creator.schemas.js';

/** What is known of the creator who asks, and their app. */
@Controller('v1/creator')
export class MeController {
  constructor(private readonly db: Database) {}

  @Get('me')
  @ForCreator()
  @ApiAbout('What is known of me')
  @ApiOk(creatorSchema)
  me(@CurrentCreator() { scope, creatorId }: CreatorPrincipal) {
    return this.db.reading(scope, (tx) => getCreator(tx, creatorId));
  }

  @Patch('me')
  @ForCreator()
  @ApiAbout('Ask for the newsletter, or stop it')
  @ApiOk(creatorSchema)
  change(@CurrentCreator() { scope, creatorId }: CreatorPrincipal, @Body({ schema: changeMeSchema }) body: ChangeMe) {
    return this.db.inWorkspace(scope, (tx) => askedByCreator(tx, creatorId, body));
  }

  @Put('app')
  @ForCreator()
  @ApiAbout('I have the app: messages reach me there first')
  @ApiOk(creatorSchema)
  signIn(@CurrentCreator() { scope, creatorId }: CreatorPrincipal, @Body({ schema: nothingSchema }) _body: Record<string, never>) {
    return this.db.inWorkspace(scope, (tx) => changeCreator(tx, creatorId, { hasApp: true }));
  }

  @Delete('app')
  @ForCreator()
  @ApiAbout('I have removed the app')
  @ApiOk(creatorSchema)
  removeApp(@CurrentCreator() { scope, creatorId }: CreatorPrincipal) {
    return this.db.inWorkspace(scope, (tx) => changeCreator(tx, creatorId, { hasApp: false }));
  }
}

/** Their own word about the newsletter goes into the ledger, and is the only one that takes back an earlier one. */
async function askedByCreator(tx: Tx, creatorId: string, { newsletterOptIn }: ChangeMe): Promise<CreatorView> {
  await (newsletterOptIn ? subscribe : unsubscribe)(tx, creatorId, 'creator');
  return getCreator(tx, creatorId);
}

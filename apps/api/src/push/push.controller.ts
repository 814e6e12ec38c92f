import { Body, Controller, Delete, Get, Post } from '@nestjs/common';
import { Database } from '@sevenfold/core/db';
import { listSubscriptions, subscribeDevice, unsubscribeDevice } from '@sevenfold/core/push';
import { CurrentCreator } from '../auth/decorators.js';
import type { CreatorPrincipal } from '../auth/principal.js';
import { ForCreator } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiMade, ApiNothing, ApiOk } from '../openapi/answers.js';
import { pushSchema, subscribeSchema, subscriptionSchema, type Subscribe } from './push.schemas.js';

/** A creator's devices that want to be called when they are not looking. */
@Controller('v1/creator/push')
export class PushController {
  constructor(private readonly db: Database) {}

  @Get()
  @ForCreator()
  @ApiAbout('My devices that are notified, and the key to subscribe another')
  @ApiOk(pushSchema)
  async get(@CurrentCreator() { scope, creatorId }: CreatorPrincipal) {
    const subscriptions = await this.db.reading(scope, (tx) => listSubscriptions(tx, creatorId));
    return { publicKey: this.db.services.push?.publicKey ?? null, subscriptions };
  }

  @Post('subscriptions')
  @ForCreator()
  @ApiAbout('Notify this device', 'It is told from whom a message in the app is, and what it says only where the workspace wants that. The same device again is the same.')
  @ApiMade(subscriptionSchema)
  subscribe(@CurrentCreator() { scope, creatorId }: CreatorPrincipal, @Body({ schema: subscribeSchema }) { endpoint, keys }: Subscribe) {
    return this.db.inWorkspace(scope, (tx) => subscribeDevice(tx, creatorId, { endpoint, keys }));
  }

  @Delete('subscriptions/:id')
  @ForCreator()
  @ApiAbout('Notify this device no longer')
  @ApiNothing()
  async unsubscribe(@CurrentCreator() { scope, creatorId }: CreatorPrincipal, @Id() id: string): Promise<void> {
    await this.db.inWorkspace(scope, (tx) => unsubscribeDevice(tx, creatorId, { id }));
  }
}

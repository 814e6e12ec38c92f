import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import {
  deleteCreatorAddress, listCreatorAddresses, postalAddressSchema, putCreatorAddress, type PostalAddress,
} from '@sevenfold/core/personal-data';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiNothing, ApiOk } from '../openapi/answers.js';
import { addressListSchema } from './collaborations.schemas.js';

/** The addresses of a creator that the team may see: typed by itself, or opened by a start. */
@Controller('v1/creators/:id/addresses')
export class AddressesController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('address.read')
  @ApiAbout('The addresses the team may see', 'What a creator entered for a campaign is not among them before its start.')
  @ApiOk(addressListSchema)
  async list(@CurrentScope() scope: Scope, @Id() id: string) {
    return { data: await this.db.inWorkspace(scope, (tx) => listCreatorAddresses(tx, id)) };
  }

  @Put()
  @Can('address.write')
  @ApiAbout('Type the creator’s address', 'The team has one of its own per creator.')
  @ApiOk(addressListSchema)
  async put(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: postalAddressSchema }) address: PostalAddress) {
    return { data: await this.db.inWorkspace(scope, (tx) => putCreatorAddress(tx, { creatorId: id, address })) };
  }

  @Delete()
  @Can('address.write')
  @ApiAbout('Remove the address the team typed')
  @ApiNothing()
  async remove(@CurrentScope() scope: Scope, @Id() id: string): Promise<void> {
    await this.db.inWorkspace(scope, (tx) => deleteCreatorAddress(tx, id));
  }
}

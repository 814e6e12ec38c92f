import { defineEntity, p } from '@mikro-orm/core';
import { tenantRow } from '../db/columns.js';

/** A brand the workspace works for. */
const ClientSchema = defineEntity({
  name: 'Client',
  tableName: 'client',
  properties: {
    ...tenantRow,
    name: p.text(),
    archivedAt: p.datetime().columnType('timestamptz(3)').nullable(),
  },
  uniques: [{ properties: ['workspaceId', 'name'] }],
});
export class Client extends ClientSchema.class {}
ClientSchema.setClass(Client);

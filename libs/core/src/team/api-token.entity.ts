import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** A bearer token of a member. Only the hash of its secret is kept. */
const ApiTokenSchema = defineEntity({
  name: 'ApiToken',
  tableName: 'api_token',
  properties: {
    ...tenantRow,
    memberId: p.uuid(),
    name: p.text(),
    scopes: p.json<string[]>(),
    secretHash: p.text(),
    lastUsedAt: instant().nullable(),
    revokedAt: instant().nullable(),
  },
  indexes: [{ properties: ['memberId'] }],
});
export class ApiToken extends ApiTokenSchema.class {}
ApiTokenSchema.setClass(ApiToken);

import { defineEntity, p } from '@mikro-orm/core';
import { instant } from '../../db/columns.js';

/** Whose tray takes what comes to an address (or a whole domain) of the installation; set by the operator. Outside tenancy. */
const TrayRouteSchema = defineEntity({
  name: 'TrayRoute',
  tableName: 'tray_route',
  properties: {
    channel: p.text().primary(),
    /** An address, or `@` and a domain, in lower case. */
    address: p.text().primary(),
    targetWorkspaceId: p.uuid(),
    createdAt: instant(),
  },
});
export class TrayRoute extends TrayRouteSchema.class {}
TrayRouteSchema.setClass(TrayRoute);

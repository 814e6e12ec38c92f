import { p } from '@mikro-orm/core';

/** UTC instant with the milliseconds a JavaScript Date has (the default column would cut them off). */
export const instant = () => p.datetime().columnType('timestamptz(3)');

/** A calendar date without a time zone, as `YYYY-MM-DD`. */
export const localDate = () => p.string().columnType('date');

/** Money in minor units of its currency column beside it. */
export const minorUnits = () => p.bigint('number');

/** Columns of every row that belongs to one workspace. Row-level security asks for `workspaceId`. */
export const tenantRow = {
  id: p.uuid().primary(),
  workspaceId: p.uuid(),
  createdAt: instant(),
};

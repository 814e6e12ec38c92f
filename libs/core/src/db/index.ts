export { cleanText } from './clean-text.js';
export { Database, type Ended } from './database.js';
export { DatabaseOpening, type OpeningParts } from './opening/index.js';
export { assertSafeRole, UnsafeRoleError } from './safe-role.js';
export { connect, connectBeside, connectLater, ormOptions } from './orm.js';
export { entities } from './entities.js';
export { migrate } from './migrate.js';
export type { Scope, Services, Tx } from './tx.js';
export { iso } from './instants.js';

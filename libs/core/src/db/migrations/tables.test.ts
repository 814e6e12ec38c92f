import { expect, test } from '@jest/globals';
import { describeTables } from './describe-tables.js';
import { tablesSql } from './tables.sql.js';

test('tables.sql.ts says what the entities say (npm run db:ddl)', async () => {
  expect(await describeTables()).toEqual(tablesSql);
});

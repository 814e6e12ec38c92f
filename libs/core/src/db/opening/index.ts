export { assertTables, TablesMissingError } from './assert-tables.js';
export { DatabaseOpening, type OpeningParts } from './database-opening.js';

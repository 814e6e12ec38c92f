import { errorCodes } from '@sevenfold/domain/errors';
import { code, table } from './markdown.js';

/** Every error code a caller can meet, in the order of the code. */
export function errorsTable(): string {
  const rows = Object.entries(errorCodes).map(([name, { status, title }]) => [code(name), String(status), `${title}.`]);
  return table(['`code`', 'Status', 'Title'], rows);
}

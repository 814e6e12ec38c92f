import { readFile } from 'node:fs/promises';
import { checksTable } from './checks-table.js';
import { configuration } from './configuration.js';
import { errorsTable } from './errors-table.js';
import { between } from './markdown.js';
import { rolesTable } from './roles-table.js';

const docs = new URL('../../docs/', import.meta.url);
const textOf = (name: string): Promise<string> => readFile(new URL(name, docs), 'utf8');

/** The pages that say what the code says: where each is, and how to make its text. */
export const writtenPages: readonly { file: URL; text: () => Promise<string> }[] = [
  { file: new URL('configuration.md', docs), text: async () => configuration() },
  { file: new URL('api.md', docs), text: async () => between(await textOf('api.md'), 'errors', errorsTable()) },
  { file: new URL('run-campaigns.md', docs), text: async () => between(await textOf('run-campaigns.md'), 'roles', rolesTable()) },
  { file: new URL('plugins.md', docs), text: async () => between(await textOf('plugins.md'), 'checks', checksTable()) },
];

import { checkList } from '@sevenfold/plugin-sdk/conformance';
import { code, table } from './markdown.js';

/** Every check of the conformance kit, in the order of its report. */
export function checksTable(): string {
  return table(['Check', 'What it expects'], checkList.map(({ name, title }) => [code(name), `${title}.`]));
}

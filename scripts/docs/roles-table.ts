import { actions, may, roles } from '@sevenfold/domain/roles';
import { code, table } from './markdown.js';

/** Who may do what, from the one policy. */
export function rolesTable(): string {
  const rows = actions.map((action) => [code(action), ...roles.map((role) => (may(role, action) ? 'yes' : '–'))]);
  return table(['', ...roles], rows);
}

export { actions, may, scopeCovers, tokenScopes, type Action, type TokenScope } from './policy.js';
export { roles, type Role } from './roles.js';

export { createApi } from './create-api.js';
export type { ApiDeps, HttpConfig } from './deps.js';

export * from './page.js';
export { allOf, olderThan, type Condition } from './newest-first.js';

export { SystemDatabase } from './system-database.js';

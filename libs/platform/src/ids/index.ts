export { commandId, isId, newId, stableId } from './ids.js';

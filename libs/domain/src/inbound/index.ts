export { isYes } from './yes.js';

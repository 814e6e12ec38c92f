export { hint, type Hint, type HintOptions } from './hint.js';

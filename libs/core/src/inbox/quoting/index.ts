export { quotedFrom } from './quoted-from.js';

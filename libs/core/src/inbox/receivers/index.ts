export { Receivers, type ReceiversParts } from './receivers.js';

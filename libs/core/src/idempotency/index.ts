export type { StoredAnswer } from './answer.js';
export { claimKey, leaseMs, releaseKey, storeAnswer, type Claim, type KeyedRequest } from './claim-key.js';
export { holdKey } from './hold-key.js';

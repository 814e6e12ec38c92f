export { UnreadableError, type UnreadableCode } from './unreadable-error.js';
export { newDataKey, open, openText, seal } from './seal.js';
export { createKeyRing, KeyRing, type RingKey } from './key-ring.js';
export { addressHash } from './address-hash.js';
export { contentHash } from './content-hash.js';
export { hashSecret, newSecret, sameSecret, sameSecret as sameText, secretMatches } from './secrets.js';
export { newToken, parseToken, readToken, sameHash, type NewToken, type ParsedToken } from './tokens.js';

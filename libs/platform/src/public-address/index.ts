export { isPublicAddress, notPublic, publicLookup } from './public-address.js';
export { reachableAddress } from './reachable-address.js';

/** Everything a test of the whole product needs. A test of one part imports that part's subpath, which loads faster. */
export * from '../emulators/index.js';
export * from '../graph/index.js';
export * from '../mail/index.js';
export * from '../postgres/index.js';
export * from '../proxy/index.js';
export * from '../temporal/index.js';
export * from '../util/index.js';

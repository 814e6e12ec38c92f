export { hint, type Hint, type HintOptions } from './hint.js';
export { LiveFeed, type LiveEvent, type LiveRead } from './live-feed.js';
export { formatPosition, parsePosition, type Position } from './position.js';
export { endPresence, notePresence, presenceMs, presentCreators, type PresentCreator } from './presence.js';
export { heldSessions, type HeldSession, type LiveSession } from './sessions.js';

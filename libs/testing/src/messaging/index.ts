export { messagingWorld, type CreatorOptions, type MessagingWorld } from './world.js';

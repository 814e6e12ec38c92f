export { queueBroadcast, type BroadcastRecipient, type QueueBroadcastInput } from './queue-broadcast.js';

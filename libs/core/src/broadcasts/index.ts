export { getBroadcast, type BroadcastView } from './get-broadcast.js';
export { queueBroadcast, type BroadcastRecipient, type QueueBroadcastInput } from './queue-broadcast.js';
export { countBroadcast, type BroadcastCounts } from './sending/progress.js';
export { sendBatch, type BatchCounts, type BatchResult, type SendBatchInput, type SendBatchOptions } from './sending/send-batch.js';

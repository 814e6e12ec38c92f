export { messageKinds, messagePurposes, type MessageKind, type MessagePurpose } from './message-kinds.js';
export { queueMessage, type MessageTexts, type QueueMessageInput } from './queue-message.js';

export { recordConsent, type ConsentWord } from './consent/record-consent.js';
export type { InboundFact, OnInbound } from './inbound/add-inbound.js';
export { postAsCreator } from './inbound/post-as-creator.js';
export { receiveInbound, routePending, type ReceiveParts } from './inbound/receive-inbound.js';
export { messageKinds, messagePurposes, type MessageKind, type MessagePurpose } from './message-kinds.js';
export { queueMessage, type MessageTexts, type QueueMessageInput } from './queue-message.js';
export { sendOne, type SendOneOptions, type SendResult } from './sending/send-one.js';

export { isPublicAddress } from './public-address.js';
export { createWebPush, webPushOf, type PushCall, type PushOutcome, type PushTarget, type WebPush, type WebPushOptions } from './web-push.js';

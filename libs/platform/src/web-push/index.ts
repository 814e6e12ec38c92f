export { isPublicAddress } from '../public-address/index.js';
export { createWebPush, webPushOf, type PushCall, type PushOutcome, type PushTarget, type WebPush, type WebPushOptions } from './web-push.js';

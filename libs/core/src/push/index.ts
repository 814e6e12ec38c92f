export { sendPush } from './send-push.js';
export { listSubscriptions, pushOf, subscribeDevice, unsubscribeDevice, type PushSubscriptionView } from './subscriptions.js';

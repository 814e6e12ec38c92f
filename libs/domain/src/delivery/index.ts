export { chooseChannels, type ChannelOption, type ChannelWish } from './choose-channels.js';
export { deliveryStatuses, isSettled, mergeDeliveryStatus, type DeliveryStatus } from './statuses.js';

export { fakeChannel, type FakeChannel, type FakeChannelOptions } from './fake-channel.js';
export { fakeSocial } from './fake-social.js';
export { fakePushService, type FakeDevice, type FakePushService, type SeenPush } from './push-service.js';

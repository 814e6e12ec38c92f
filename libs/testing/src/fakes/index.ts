export { fakeChannel, type FakeChannel, type FakeChannelOptions } from './fake-channel.js';
export { fakeSocial } from './fake-social.js';

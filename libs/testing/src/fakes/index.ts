export { fakeChannel, type FakeChannel, type FakeChannelOptions } from './fake-channel.js'

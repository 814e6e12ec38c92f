export {
  type Attempt,
  defineHarness,
  type FakeProvider,
  type Harness,
  type Incoming,
  type Lackable,
  type ProviderAnswer,
  type ProviderKit,
  type Report,
  type UnsignedRequest,
  type Webhooks,
  type Where,
} from './harness.js';
export { main } from './main.js';
export { report } from './report.js';
export { type ProviderRequest, type ProviderResponse, serveHttp } from './serve-http.js';
export type { CheckResult, Verification } from './verification.js';
export { checkList, verifyChannel, type VerifyOptions } from './verify-channel.js';

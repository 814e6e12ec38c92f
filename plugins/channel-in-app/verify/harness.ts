import { defineHarness } from '@sevenfold/plugin-sdk/conformance';

/** The in-app channel has no provider: the row in the creator's thread is the delivery. */
export default defineHarness({
  env: () => ({}),
  secrets: [],
  addresses: {
    good: [{ typed: ' 0190B3F0-0000-7000-8000-000000000001 ', normalised: '0190b3f0-0000-7000-8000-000000000001' }],
    bad: ['ada@example.com', '0190b3f0', '+31612345678'],
  },
});

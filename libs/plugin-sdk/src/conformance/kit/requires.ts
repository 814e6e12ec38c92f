import type { ProviderAnswer, Lackable, Webhooks } from '../harness.js';
import type { Line } from './line.js';
import type { Stage } from './stage.js';
import type { Subject } from './subject.js';
import { applicable, expect } from './verdict.js';

/** For checks that look at the provider's side. */
export function needsProvider(subject: Subject): void {
  applicable(subject.harness.provider !== undefined, 'the harness has no provider: nothing leaves the product');
}

/** For checks of what this provider may be without, as the harness says. */
export function needs(subject: Subject, what: Lackable): void {
  const why = subject.harness.lacks?.[what];
  applicable(why === undefined, `the provider has no ${what}: ${why}`);
}

/** The line of a stage whose subject has a provider. */
export function lineOf(stage: Stage): Line {
  expect(stage.line !== undefined, 'the harness started no provider');
  return stage.line;
}

/** For checks of webhooks: how they look, once the plugin has `receive`. */
export function webhooksOf(stage: Stage): Webhooks {
  applicable(stage.plugin.receive !== undefined, 'the plugin has no `receive`');
  expect(stage.provider?.webhooks !== undefined, 'the plugin has `receive`, but the harness does not say how a webhook looks (`webhooks` of its provider)');
  return stage.provider.webhooks;
}

/** The provider's refusals, with words a provider would repeat. */
export function refusals(detail: string): Exclude<ProviderAnswer, { as: 'accept' | 'nonsense' }>[] {
  return [
    { as: 'reject', detail },
    { as: 'opted-out', detail },
    { as: 'rate-limit', retryAfterSeconds: 1, detail },
    { as: 'unavailable', detail },
    { as: 'wrong-credentials', detail },
  ];
}

/** Those refusals this provider has. */
export const refusalsOf = (subject: Subject, detail: string) => refusals(detail).filter(({ as }) => subject.harness.lacks?.[as] === undefined);

import type { Check } from '../kit/check.js';
import type { Subject } from '../kit/subject.js';
import { canariesOf, collectTraces, type Traces } from '../kit/traces.js';
import { expect } from '../kit/verdict.js';

/** Secrets, addresses and words stay where they belong. */
export const secretChecks: readonly Check[] = [
  quiet('secrets.outcomes', 'No secret, address or text in an outcome: reasons, codes and evidence end up in histories', (traces) => traces.outcomes),
  quiet('secrets.logs', 'No secret, address or text in a log line, whatever the provider says', (traces) => traces.logs),
  quiet('secrets.health', 'No secret in the health an operator reads', (traces) => traces.health),
  quiet('secrets.webhooks', 'No secret in what a forged request is told', (traces) => traces.webhooks),
];

const collected = new WeakMap<Subject, Promise<Traces>>();

function quiet(name: string, title: string, pick: (traces: Traces) => readonly string[]): Check {
  return {
    name,
    title,
    run: async (subject) => {
      const traces = collected.get(subject) ?? collectTraces(subject);
      collected.set(subject, traces);
      expectQuiet(pick(await traces), await canariesOf(subject));
    },
  };
}

/** Fails when a canary shows, naming which and never quoting it. */
export function expectQuiet(lines: readonly string[], canaries: ReadonlyMap<string, string>): void {
  for (const line of lines) {
    for (const [canary, what] of canaries) {
      // In JSON, in an address and as basic credentials a value is written differently.
      const shapes = [canary, JSON.stringify(canary).slice(1, -1), encodeURIComponent(canary), Buffer.from(canary).toString('base64').replace(/=+$/, '')];
      const shown = shapes.find((shape) => line.includes(shape));
      expect(shown === undefined, `${what} shows in: ${shown === undefined ? '' : line.replaceAll(shown, '▇▇▇').slice(0, 200)}`);
    }
  }
}

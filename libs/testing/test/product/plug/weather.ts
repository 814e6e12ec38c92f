import type { Plant } from './plant.js';

/** How often each thing went wrong outside. The cut ones leave an honest unknown each. */
export interface Weather {
  cuts: number;
  others: number;
  /** It clears up: what was still to come goes wrong no more. */
  stop(): void;
}

/** Bad weather outside: every so often one of the ways in which sink and provider fail, each used by one message. */
export function badWeather({ sink, proxy }: Plant, random: () => number, everyMs: number): Weather {
  const weather = { cuts: 0, others: 0, stop };
  function stop(): void {
    clearInterval(timer);
    sink.faults.clear();
    proxy.rules.clear();
  }
  const cut = (): void => void (weather.cuts += 1);
  const other = (): void => void (weather.others += 1);
  const kinds: (() => void)[] = [
    () => (cut(), void sink.faults.add({ kind: 'cut', keep: true, times: 1 })),
    () => (cut(), void sink.faults.add({ kind: 'cut', keep: false, times: 1 })),
    () => (other(), void sink.faults.add({ kind: 'data', code: 421, times: 1 })),
    () => (other(), void sink.faults.add({ kind: 'data', code: 450, times: 2 })),
    () => (other(), void sink.faults.add({ kind: 'data', code: 550, times: 1 })),
    () => (other(), void sink.faults.add({ kind: 'delay', ms: 500, times: 1 })),
    () => (cut(), void proxy.rules.add({ fault: { kind: 'cut-after' }, times: 1, when: sending })),
    () => (cut(), void proxy.rules.add({ fault: { kind: 'answer', status: 500 }, times: 1, when: sending })),
    () => (other(), void proxy.rules.add({ fault: { kind: 'cut-before' }, times: 1, when: sending }), cut()),
    () => (other(), void proxy.rules.add({ fault: { kind: 'too-many', retryAfterSeconds: 1 }, times: 2, when: sending })),
    () => (cut(), void proxy.rules.add({ fault: { kind: 'answer', status: 503 }, times: 1, when: sending })),
  ];
  const timer = setInterval(() => kinds[Math.floor(random() * kinds.length)]?.(), everyMs);
  return weather;
}

const sending = ({ method }: { method: string }): boolean => method === 'POST';

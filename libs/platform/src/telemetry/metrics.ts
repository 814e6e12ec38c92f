import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Values of a metric's labels. Few and known: never an id, a name or an address. */
export type Labels<Name extends string> = Record<Name, string>;

/** One reading of a gauge. */
export interface Reading<Name extends string> {
  labels: Labels<Name>;
  value: number;
}

/** The metrics of one process, in Prometheus's words. */
export interface Metrics {
  /** Counts what happened. */
  counter<Name extends string>(name: string, help: string, labels: readonly Name[]): (labels: Labels<Name>, by?: number) => void;
  /** Times in seconds, in buckets from 5 ms to a minute. */
  durations<Name extends string>(name: string, help: string, labels: readonly Name[]): (labels: Labels<Name>, seconds: number) => void;
  /** Read whenever Prometheus asks; a reading that fails, or takes over two seconds, is left out and the others are not. */
  gauge<Name extends string>(name: string, help: string, labels: readonly Name[], read: () => Promise<Reading<Name>[]>): void;
  /** The answer of /metrics. */
  render(): Promise<MetricsPage>;
}

export interface MetricsPage {
  contentType: string;
  body: string;
}

/**
 * Metrics of a process, with those of Node itself: memory, event loop, garbage collection.
 * @param process `api`, `worker` or `slackbot`; a label of everything
 */
export function createMetrics(process: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ process });
  collectDefaultMetrics({ register: registry });
  const own = (name: string) => `sevenfold_${name}`;
  return {
    counter(name, help, labels) {
      const counter = new Counter({ name: own(name), help, labelNames: labels, registers: [registry] });
      return (values, by = 1) => counter.inc(values, by);
    },
    durations(name, help, labels) {
      const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
      const histogram = new Histogram({ name: own(name), help, labelNames: labels, buckets, registers: [registry] });
      return (values, seconds) => histogram.observe(values, seconds);
    },
    gauge(name, help, labels, read) {
      new Gauge({
        name: own(name),
        help,
        labelNames: labels,
        registers: [registry],
        async collect() {
          const readings = await inTime(read);
          this.reset();
          // A gauge without labels is 0 after a reset; one that could not be read must not say so.
          if (readings === undefined) this.remove();
          for (const { labels: values, value } of readings ?? []) this.set(values, value);
        },
      });
    },
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

const patienceMs = 2_000;

async function inTime<T>(read: () => Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    return await Promise.race([read(), late]);
  } catch {
    // What is away is named by /readyz; here it is only not there.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

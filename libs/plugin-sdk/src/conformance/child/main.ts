import { pathToFileURL } from 'node:url';
import type { ChannelPlugin } from '../../channel/channel-plugin.js';
import { isManifest } from '../../manifest/manifest-schema.js';
import type { Done, Job } from './job.js';

/* A process with one plugin and nothing else. It prints what the plugin prints, and ends by itself or not at all. */

let plugin: ChannelPlugin | undefined;
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function create({ entry, env, publicUrl }: Extract<Job, { do: 'create' }>): Promise<void> {
  const { default: manifest }: { default: unknown } = await import(pathToFileURL(entry).href);
  if (!isManifest(manifest) || manifest.kind !== 'channel') throw new TypeError('no channel');
  plugin = await manifest.create(manifest.config.parse(env), { logger: silent, clock: { now: async () => new Date() }, publicUrl });
}

async function work(job: Job): Promise<void> {
  if (job.do === 'create') return create(job);
  if (job.do === 'close') return plugin?.close();
  await plugin?.send(job.message, { signal: new AbortController().signal, deadline: new Date(Date.now() + 60_000) });
}

process.on('message', (job: Job) => {
  void work(job)
    .then((): Done => ({ done: job.do }), (error: unknown): Done => ({ done: job.do, threw: error instanceof Error ? error.name : 'something' }))
    .then((done) => {
      const holds = job.do === 'close' ? process.getActiveResourcesInfo().filter((kind) => !/Pipe|TTY|ImmediateHandle|TickObject|Microtask/i.test(kind)) : undefined;
      process.send?.({ ...done, ...(holds && { holds }) }, () => {
        // From here on only the plugin could keep this process alive.
        if (job.do === 'close') process.disconnect();
      });
    });
});

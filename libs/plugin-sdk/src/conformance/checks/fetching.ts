import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AttachmentRef, FetchContext, FetchedAttachment } from '../../channel/media.js';
import type { Check } from '../kit/check.js';
import { type Hearing, hearing, oneEvent } from '../kit/hearing.js';
import { needs } from '../kit/requires.js';
import { PATIENCE_MS } from '../kit/stage.js';
import { applicable, expect, Failed, shown, within } from '../kit/verdict.js';

const PICTURE = new Uint8Array(4_096).map((_, index) => index % 251);
const ENOUGH = 1_000_000;

/** Files that stay with the provider until the plugin fetches them. */
export const fetchChecks: readonly Check[] = [
  {
    name: 'fetch.bytes',
    title: 'A file that an event names is fetched whole',
    run: (subject) => hearing(subject, async (at) => {
      needs(subject, 'inbound-media');
      const got = await fetched(at, await fileOf(at), { maxBytes: ENOUGH });
      expect(got.outcome === 'fetched', `fetching a file the provider has: ${shown(got)}`);
      expect(Buffer.compare(got.content, PICTURE) === 0 && got.contentType.startsWith('image/png'), `the file came back as ${shown(got)}`);
    }),
  },
  {
    name: 'fetch.bounded',
    title: 'A file larger than asked for is refused',
    run: (subject) => hearing(subject, async (at) => {
      needs(subject, 'inbound-media');
      const got = await fetched(at, await fileOf(at), { maxBytes: 1_000 });
      expect(got.outcome === 'refused', `a file of ${PICTURE.byteLength} bytes, at most 1000 asked for: ${shown(got)}`);
    }),
  },
  {
    name: 'fetch.foreign',
    title: 'An address that is not the provider’s is refused without being asked: it would get our credentials, or be a machine of ours',
    run: (subject) => hearing(subject, async (at) => {
      applicable(at.plugin.fetchAttachment !== undefined, 'the plugin has no `fetchAttachment`');
      let asked = 0;
      const stranger = createServer((_request, response) => {
        asked += 1;
        response.end('mine');
      });
      stranger.listen(0, '127.0.0.1');
      await once(stranger, 'listening');
      try {
        const address = stranger.address();
        const port = typeof address === 'object' && address !== null ? address.port : 0;
        for (const url of [`http://127.0.0.1:${port}/secret`, `http://localhost:${port}/`, 'file:///etc/passwd', 'not an address', '']) {
          const got = await fetched(at, { url, contentType: 'image/png' }, { maxBytes: ENOUGH });
          expect(asked === 0, `${shown(url)} is a stranger’s, and was asked`);
          expect(got.outcome === 'refused', `${shown(url)}: expected refused, got ${shown(got)}`);
        }
      } finally {
        stranger.closeAllConnections();
        await new Promise((resolve) => stranger.close(resolve));
      }
    }),
  },
  {
    name: 'fetch.later',
    title: 'While the provider is away a file is asked for again later, not given up',
    run: (subject) => hearing(subject, async (at) => {
      needs(subject, 'inbound-media');
      const file = await fileOf(at);
      const { line } = at.stage;
      expect(line !== undefined, 'the harness started no provider');
      line.fault = 'hang-up';
      line.cut();
      const got = await fetched(at, file, { maxBytes: ENOUGH });
      expect(got.outcome === 'not_now', `the provider hung up: expected not_now, got ${shown(got)}`);
    }),
  },
];

/** A picture somebody sent, as the plugin named it. */
async function fileOf(at: Hearing): Promise<AttachmentRef> {
  const event = await oneEvent(at.plugin, at.message({ text: '', media: { contentType: 'image/png', filename: 'dot.png', content: PICTURE } }), 'a message with a picture');
  const [file] = event.kind === 'message' ? (event.attachments ?? []) : [];
  expect(file !== undefined, 'the event names no file');
  applicable('url' in file, 'files come with their bytes');
  return file;
}

async function fetched({ plugin }: Hearing, ref: AttachmentRef, over: Pick<FetchContext, 'maxBytes'>): Promise<FetchedAttachment> {
  if (plugin.fetchAttachment === undefined) throw new Failed('the plugin names files by address, but has no `fetchAttachment`');
  try {
    return await within(PATIENCE_MS * 2, plugin.fetchAttachment(ref, { signal: AbortSignal.timeout(PATIENCE_MS), ...over }), 'fetchAttachment');
  } catch (error) {
    throw error instanceof Failed ? error : new Failed(`fetchAttachment threw ${error instanceof Error ? error.name : 'something'}`);
  }
}

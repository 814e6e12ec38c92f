import { createServer, request } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { ChannelManifest, ChannelPlugin, InboundEvent, Receiver, ReceiverContext } from '@sevenfold/plugin-sdk';
import type { Harness, Incoming } from '@sevenfold/plugin-sdk/conformance';
import whatsapp from '../../../../examples/channel-whatsapp/src/index.js';
import harness from '../../../../examples/channel-whatsapp/verify/harness.js';

/** What a door may do wrong. */
export interface DoorFlaw {
  readonly what: string;
  readonly check: string;
  event?(event: Extract<InboundEvent, { kind: 'message' }>): InboundEvent;
  /** Says yes whatever became of it. */
  readonly always?: boolean;
  readonly staysOpen?: boolean;
}

let count = 0;

export const doorFlaws: readonly DoorFlaw[] = [
  { what: 'loses who wrote', check: 'listen.message', event: (event) => ({ ...event, from: 'somebody' }) },
  { what: 'acknowledges what is not kept', check: 'listen.unkept', always: true },
  { what: 'makes a new key each time', check: 'listen.duplicate', event: (event) => ({ ...event, providerKey: String((count += 1)) }) },
  { what: 'goes on after it was closed', check: 'listen.close', staysOpen: true },
];

// Where the plugin under test finds its port: configuration is not what is tried here.
const DOOR = 'WHATSAPP_DOOR';

/** The example with a door: a port that takes messages as JSON. */
export function withDoor(flaw: Partial<DoorFlaw> = {}): { manifest: object; harness: Harness } {
  const right = whatsapp as ChannelManifest<never>;
  const config = { safeParse: (env: Record<string, string>) => {
    const result = right.config.safeParse(env);
    return result.success ? { success: true, data: Object.assign({}, result.data, { [DOOR]: Number(env[DOOR]) }) } : result;
  } };
  const create: ChannelManifest<never>['create'] = async (given, host): Promise<ChannelPlugin> => {
    const plugin = await right.create(given, host);
    return { ...plugin, listen: (context) => openDoor(given[DOOR], context, flaw) };
  };
  const withDoors: Harness = {
    ...harness,
    env: (where) => ({ ...harness.env(where), [DOOR]: String(where.doorPort) }),
    provider: async (kit) => {
      const provider = await harness.provider?.(kit);
      if (provider === undefined) throw new Error('no provider');
      return { ...provider, deliver: (incoming) => post(kit.doorPort, incoming) };
    },
  };
  return { manifest: { ...right, config, create }, harness: withDoors };
}

async function openDoor(port: number, context: ReceiverContext, flaw: Partial<DoorFlaw>): Promise<Receiver> {
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const { id, from, to, text: said, at } = JSON.parse(body) as Incoming;
      const event = { kind: 'message', providerKey: id, from, to, text: said, at: new Date(at) } as const;
      const kept = await context.take([flaw.event?.(event) ?? event]).then(() => true, () => flaw.always === true);
      response.writeHead(kept ? 200 : 503, { connection: 'close' }).end();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  return {
    health: async () => ({ ok: true }),
    close: async () => {
      if (flaw.staysOpen !== true) await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** On a connection of its own: one kept for later may be of a door that was closed meanwhile. */
const post = (port: number, incoming: Incoming): Promise<boolean> => new Promise((resolve) => {
  const sent = request({ host: '127.0.0.1', port, method: 'POST', agent: false }, (answer) => resolve(answer.resume().statusCode === 200));
  sent.once('error', () => resolve(false)).end(JSON.stringify(incoming));
});

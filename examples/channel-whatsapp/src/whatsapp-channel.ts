import { type ChannelPlugin, type OutboundMessage, pastDeadline, type PluginHealth, type PluginHost, rejected, type SendContext, type SendOutcome } from '@sevenfold/plugin-sdk';
import { compose } from './compose.js';
import type { WhatsAppConfig } from './config.js';
import { fetchMedia } from './fetch-media.js';
import { createGraph, type Graph } from './graph.js';
import { normaliseNumber } from './normalise-number.js';
import { outcomeOfAnswer, outcomeOfFailure, outcomeOfUpload } from './outcome-of.js';
import { receive } from './receive.js';

/** WhatsApp: one request per message, and an honest answer to each. */
export function createWhatsAppChannel(config: WhatsAppConfig, host: PluginHost): ChannelPlugin {
  const graph = createGraph(config);
  return {
    channel: 'whatsapp',
    label: 'WhatsApp',
    sender: config.WHATSAPP_NUMBER,
    traits: {
      newsletter: false,
      rich: false,
      repeatCostsMoney: true,
      connections: config.WHATSAPP_CONNECTIONS,
      bodyTemplate: 'text',
      needsAppSession: false,
      attachments: true,
    },
    normalise: normaliseNumber,
    send: (message, context) => send(message, context, graph, host),
    receive: (request) => receive(request, config),
    fetchAttachment: (ref, context) => fetchMedia(ref, context, graph),
    health: () => health(graph, host),
    // fetch keeps no process alive, and nothing else is open.
    close: async () => {},
  };
}

async function send(message: OutboundMessage, context: SendContext, graph: Graph, host: PluginHost): Promise<SendOutcome> {
  const composed = compose(message);
  if ('problem' in composed) return rejected(composed.problem, composed.problem.replaceAll('_', ' '));
  const late = await pastDeadline(context, host);
  if (late !== undefined) return late;
  let outcome: SendOutcome;
  if (composed.file === undefined) {
    outcome = await post(graph, composed.body(), context);
  } else {
    // An upload alone reaches nobody: until the message itself is asked for, nothing has been handed over.
    const upload = await graph.upload(composed.file, context.signal).catch((error: unknown) => error);
    const media = outcomeOfUpload(upload);
    outcome = 'id' in media ? ((await pastDeadline(context, host)) ?? (await post(graph, composed.body(media.id), context))) : media;
  }
  if (outcome.outcome !== 'accepted') host.logger.warn('whatsapp message not accepted', { messageId: message.id, outcome: outcome.outcome, reason: outcome.reason });
  return outcome;
}

const post = (graph: Graph, body: object, { signal }: SendContext): Promise<SendOutcome> =>
  graph.post('messages', body, signal).then(outcomeOfAnswer, (error: unknown) => outcomeOfFailure(error, signal));

async function health(graph: Graph, host: PluginHost): Promise<PluginHealth> {
  try {
    const { status } = await graph.get('');
    return status === 200 ? { ok: true } : { ok: false, detail: `WhatsApp: HTTP ${status}` };
  } catch (error) {
    host.logger.debug('whatsapp is not reached');
    const outcome = outcomeOfFailure(error);
    return { ok: false, detail: `WhatsApp: ${outcome.reason}` };
  }
}

import { accepted, type ChannelPlugin, type ChannelTraits, type OutboundMessage } from '@sevenfold/plugin-sdk';
import type { PdfRenderer } from '@sevenfold/templating';

/** A channel that writes down what it was given and accepts it. */
export interface RecordingChannel extends ChannelPlugin {
  sent: OutboundMessage[];
}

export function recordingChannel(channel: string, traits: Partial<ChannelTraits> = {}): RecordingChannel {
  const sent: OutboundMessage[] = [];
  return {
    channel,
    label: channel,
    sender: `${channel}-sender`,
    traits: { newsletter: true, rich: false, repeatCostsMoney: false, connections: 5, bodyTemplate: 'text', needsAppSession: false, ...traits },
    sent,
    normalise: (address) => ({ ok: true, address: address.trim() }),
    async send(message) {
      sent.push(message);
      return accepted(`${channel}-${message.id}`);
    },
    health: async () => ({ ok: true }),
    close: async () => undefined,
  };
}

/** Renders nothing and costs nothing; the real one has tests of its own. */
export const fakePdf: PdfRenderer = {
  htmlToPdf: async (html: string) => Buffer.from(`%PDF-1.4 fake of ${html.length} characters`),
  htmlToJpeg: async () => Buffer.from('fake jpeg'),
  close: async () => undefined,
};

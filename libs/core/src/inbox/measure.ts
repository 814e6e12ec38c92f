import type { ChannelPlugin, TextMeasure } from '@sevenfold/plugin-sdk';
import type { Tx } from '../db/tx.js';

/** What a message would cost on a channel, in the form that channel carries; null where length costs nothing. */
export function measureOn(plugin: ChannelPlugin | undefined, texts: { text: string; short?: string | null | undefined }): TextMeasure | null {
  if (!plugin?.measure) return null;
  return plugin.measure(plugin.traits.bodyTemplate === 'short' ? (texts.short ?? texts.text) : texts.text);
}

/** The estimate of one channel. */
export interface ChannelEstimate extends TextMeasure {
  channel: string;
  label: string;
}

/** What a text would cost on every channel that charges by the piece. */
export function estimate({ services }: Tx, text: string): ChannelEstimate[] {
  return services.plugins.channels.flatMap((plugin) => {
    const measure = measureOn(plugin, { text });
    return measure === null ? [] : [{ channel: plugin.channel, label: plugin.label, ...measure }];
  });
}

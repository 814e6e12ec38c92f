import type { LiveEvent } from '@sevenfold/core/live';

const blocks = new WeakMap<LiveEvent, string>();

/** What a connection is told: that this row changed, and nothing of what it holds. Written once for all connections. */
export function hintText(event: LiveEvent): string {
  const known = blocks.get(event);
  if (known !== undefined) return known;
  const { entity, id, version } = event;
  const text = `event: hint\ndata: ${JSON.stringify({ entity, id, version })}\n\n`;
  blocks.set(event, text);
  return text;
}

/** An event of the connection itself. */
export function signalText(name: 'ready' | 'resync' | 'closed', data: object = {}): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Without data it is no event; the reader only remembers the id, from which it goes on after a break. */
export const positionText = (id: string): string => `id: ${id}\n\n`;

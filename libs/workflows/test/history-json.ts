import proto, { type temporal } from '@temporalio/proto';

const { History } = proto.temporal.api.history.v1;
type History = temporal.api.history.v1.History;

/** What says something about the machine that recorded, and nothing to a replay. */
const machine: Record<string, unknown> = { identity: 'recorder', binaryChecksum: 'recorder', stackTrace: '' };

/**
 * A history as text, one event a line, without what is particular to the machine it was recorded on.
 * Not by the SDK's own `historyToJSON`: that one breaks when npm gives each of its packages a protobuf library of its own.
 */
export function writeHistory(history: temporal.api.history.v1.IHistory): string {
  const plain = History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });
  const events: object[] = plain['events'];
  const lines = events.map((event) => JSON.stringify(event, (key, value: unknown) => machine[key] ?? value));
  return `{"events":[\n${lines.join(',\n')}\n]}\n`;
}

export function readHistory(text: string): History {
  return History.fromObject(JSON.parse(text));
}

import { until } from '../util/until.js';

/** One server-sent event. */
export interface StreamEvent {
  event: string;
  data: { entity?: string; id?: string; version?: number | null; reason?: string };
}

/** Server-sent events as a browser reads them, for tests. */
export class EventStream {
  readonly events: StreamEvent[] = [];
  /** What a browser would send as Last-Event-ID. */
  lastId: string | undefined;
  /** The server has ended it. */
  ended = false;
  /** Comments, which browsers ignore. */
  comments = 0;
  private readonly abort = new AbortController();

  private constructor(readonly status: number) {}

  static async open(url: string, { token, lastEventId, headers }: { token?: string; lastEventId?: string | undefined; headers?: Record<string, string> | undefined } = {}): Promise<EventStream> {
    const abort = new AbortController();
    const response = await fetch(url, {
      signal: abort.signal,
      headers: {
        accept: 'text/event-stream',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
        ...headers,
      },
    });
    const stream = new EventStream(response.status);
    stream.abort.signal.addEventListener('abort', () => abort.abort());
    if (response.body && response.status === 200) void stream.read(response.body).catch(() => undefined).finally(() => (stream.ended = true));
    else stream.ended = true;
    return stream;
  }

  /** The hints so far as `entity id`. */
  get hints(): string[] {
    return this.events.filter(({ event }) => event === 'hint').map(({ data }) => `${data.entity} ${data.id}`);
  }

  has(name: string): boolean {
    return this.events.some(({ event }) => event === name);
  }

  /** Waits until the events so far are as wanted. */
  async until(what: string, wanted: (stream: this) => boolean, timeoutMs = 10_000): Promise<void> {
    await until(async () => wanted(this), { what, timeoutMs });
  }

  close(): void {
    this.abort.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        this.take(text.slice(0, end));
        text = text.slice(end + 2);
      }
    }
  }

  private take(block: string): void {
    let event = 'message';
    let data: string | undefined;
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) this.comments += 1;
      else if (line.startsWith('id: ')) this.lastId = line.slice(4);
      else if (line.startsWith('event: ')) event = line.slice(7);
      else if (line.startsWith('data: ')) data = line.slice(6);
    }
    if (data !== undefined) this.events.push({ event, data: JSON.parse(data) });
  }
}

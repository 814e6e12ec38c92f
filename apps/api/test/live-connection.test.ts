import { describe, expect, test } from '@jest/globals';
import type { LiveEvent } from '@sevenfold/core/live';
import { newId } from '@sevenfold/platform/ids';
import { LiveConnection, type LiveSink } from '../src/live/live-connection.js';

/** A reader that takes what it is told to take. */
class Reader implements LiveSink {
  text = '';
  writableLength = 0;
  taking = true;
  over: 'ended' | 'destroyed' | undefined;
  private drained: (() => void) | undefined;

  write(text: string): boolean {
    this.text += text;
    if (!this.taking) this.writableLength += text.length;
    return this.taking;
  }
  once(_event: 'drain', listener: () => void): void {
    this.drained = listener;
  }
  drain(): void {
    this.writableLength = 0;
    this.taking = true;
    this.drained?.();
  }
  end(): void {
    this.over ??= 'ended';
  }
  destroy(): void {
    this.over = 'destroyed';
  }
  get names(): string[] {
    return [...this.text.matchAll(/^event: (\w+)/gm)].map(([, name]) => name ?? '');
  }
}

const event = (more: Partial<LiveEvent> = {}): LiveEvent => ({
  workspaceId: 'w', entity: 'thread', id: newId(), version: 1, creatorId: null, campaignId: null, clientId: null, campaignShown: false, ...more,
});
const connection = (reader: Reader): LiveConnection =>
  new LiveConnection(
    { workspaceId: 'w', session: { kind: 'token', id: 't' }, held: { role: 'owner', clientId: null, scopes: [] }, caller: 'c', hears: ({ entity }) => entity === 'thread' },
    reader,
    () => 'now',
  );

describe('a connection', () => {
  test('keeps what comes in while it begins, and tells it after what was missed', () => {
    const reader = new Reader();
    const made = connection(reader);
    const [missed, early] = [event(), event()];
    made.tell([early], 'p1');
    expect(reader.text).toBe('');
    made.begin({ events: [missed] }, 'p2');
    expect(reader.names).toEqual(['ready', 'hint', 'hint']);
    expect(reader.text.indexOf(missed.id)).toBeLessThan(reader.text.indexOf(early.id));
    expect(reader.text.trimEnd().endsWith('id: p2')).toBe(true);
  });

  test('tells a row once however often it changed, only what it may hear, and the id after all of it', () => {
    const reader = new Reader();
    const made = connection(reader);
    made.begin({ events: [] }, 'p');
    reader.text = '';
    const row = event();
    made.tell([row, { ...row, version: 2 }, event({ entity: 'notice' }), event({ workspaceId: 'other' })], 'p3');
    expect(reader.text).toBe(`event: hint\ndata: {"entity":"thread","id":"${row.id}","version":2}\n\nid: p3\n\n`);
    reader.text = '';
    made.tell([event({ entity: 'notice' })], 'p4');
    expect(reader.text).toBe('');
  });

  test('of a reader that takes nothing keeps little, and has it read everything again once it does', () => {
    const reader = new Reader();
    const made = connection(reader);
    made.begin({ events: [] }, 'p');
    reader.taking = false;
    for (let i = 0; i < 5_000; i += 1) made.tell(Array.from({ length: 20 }, () => event()), `p${i}`);
    expect(reader.writableLength).toBeLessThan(80 * 1024);
    expect(made.stuckMs).toBeGreaterThan(0);
    reader.text = '';
    reader.drain();
    expect(reader.names).toEqual(['resync']);
    expect(reader.text.trimEnd().endsWith('id: now')).toBe(true);
    expect(made.stuckMs).toBe(0);
    made.tell([event()], 'p5');
    expect(reader.names).toEqual(['resync', 'hint']);
  });

  test('begins with "read everything again" when too much came in meanwhile', () => {
    const reader = new Reader();
    const made = connection(reader);
    made.tell(Array.from({ length: 501 }, () => event()), 'p1');
    made.begin({ events: [] }, 'p2');
    expect(reader.names).toEqual(['resync']);
  });

  test('is silent once it is closed, and cuts off who takes nothing', () => {
    const [reader, stuck] = [new Reader(), new Reader()];
    const [made, slow] = [connection(reader), connection(stuck)];
    for (const each of [made, slow]) each.begin({ events: [] }, 'p');
    made.close('session_ended');
    made.tell([event()], 'p');
    made.heartbeat('p');
    expect([reader.names, reader.over]).toEqual([['ready', 'closed'], 'ended']);
    stuck.taking = false;
    slow.tell(Array.from({ length: 2_000 }, () => event()), 'p');
    slow.close('restart');
    expect(stuck.over).toBe('destroyed');
  });
});

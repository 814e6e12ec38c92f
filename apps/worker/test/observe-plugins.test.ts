import { expect, test } from '@jest/globals';
import { createMetrics } from '@sevenfold/platform/telemetry';
import { accepted, type ChannelPlugin, createRegistry } from '@sevenfold/plugin-sdk';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { observePlugins } from '../src/observe/plugins.js';

test('what a channel can do it can do observed, and what it cannot it cannot', async () => {
  const said: string[] = [];
  /** A class with private fields, which no copy has. */
  class Everything {
    #secret = 'still here';
    readonly #base = fakeChannel({ channel: 'all' });
    channel = 'all';
    label = 'All';
    sender = 'us';
    traits = this.#base.traits;
    #hear<T>(what: string, answer: T): T {
      said.push(`${what}: ${this.#secret}`);
      return answer;
    }
    normalise = (address: string) => ({ ok: true as const, address });
    async send() { return this.#hear('send', accepted('1')); }
    async receive() { return this.#hear('receive', { verified: false as const, reason: '', answer: { status: 403 } }); }
    async listen() { return this.#hear('listen', null); }
    async fetchAttachment() { return this.#hear('fetchAttachment', { outcome: 'refused' as const, reason: '' }); }
    async lookUp() { return this.#hear('lookUp', { outcome: 'absent' as const }); }
    measure() { return this.#hear('measure', { segments: 1, encoding: 'GSM-7', units: 0, left: 160 }); }
    async health() { return this.#hear('health', { ok: true }); }
    async close() { this.#hear('close', undefined); }
  }
  const everything: ChannelPlugin = new Everything();
  const nothing: ChannelPlugin = fakeChannel({ channel: 'few' });
  const observed = observePlugins(createRegistry([everything, nothing], []), createMetrics('test'));
  const all: Record<string, unknown> = { ...observed.channel('all') };
  const methods = Object.getOwnPropertyNames(Everything.prototype).filter((name) => name !== 'constructor');
  for (const name of methods) {
    const method = all[name];
    if (typeof method === 'function') await method({}, {});
  }
  expect(said).toEqual(methods.map((name) => `${name}: still here`));
  expect(observed.channel('few')?.lookUp).toBeUndefined();
  expect(observed.channel('few')?.listen).toBeUndefined();
});

import { describe, expect, test } from '@jest/globals';
import { people } from './branches.js';
import { recordedHistories } from './histories.js';

/** What travels in a history: ids, words of ours, instants. Whatever else there is was put there by a mistake. */
const harmless = [
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  /^[a-z][a-zA-Z]*([-_][a-z0-9]+)*$/,
  /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/,
];
/** What may stand nowhere, not even in a failure. */
const personal = [/[\w.+-]+@[\w-]+\.\w+/, /\+\d{7,}/, /\d{1,3}(\.\d{1,3}){3}/, /(straat|street|gracht)\b/i, new RegExp(`\\b(${people.join('|')})\\b`)];
/** Paths and hosts of who recorded. */
const machine = [/\/(home|root|work|tmp|Users)\//, /node_modules/, /\d+@\w/];

interface Payload {
  metadata?: Record<string, string>;
  data?: string;
}

const decode = (text: string): string => Buffer.from(text, 'base64').toString('utf8');
const isPayload = (value: object): value is Payload => 'metadata' in value;

/** Every text in a history, what is packed in payloads included; `packed` says which those are. */
function texts(value: unknown, packed = false): { text: string; packed: boolean }[] {
  if (typeof value === 'string') return [{ text: value, packed }];
  if (typeof value !== 'object' || value === null) return [];
  if (isPayload(value)) return value.data ? texts(JSON.parse(decode(value.data)), true) : [];
  return Object.values(value).flatMap((each) => texts(each, packed));
}

describe.each(recordedHistories())('$file', ({ text }) => {
  const all = texts(JSON.parse(text));

  test('names nobody', () => {
    expect(all.filter((each) => personal.some((pattern) => pattern.test(each.text)))).toEqual([]);
  });

  test('carries ids, words of ours and instants', () => {
    expect(all.filter((each) => each.packed && !harmless.some((pattern) => pattern.test(each.text)))).toEqual([]);
  });

  test('says nothing about the machine it was recorded on', () => {
    expect(all.filter((each) => machine.some((pattern) => pattern.test(each.text)))).toEqual([]);
  });
});

test('what is packed in a payload is read', () => {
  const data = Buffer.from(JSON.stringify({ to: ['Anneliese', '+31612345678', { mail: 'a@b.test' }] })).toString('base64');
  const found = texts({ events: [{ input: { payloads: [{ metadata: {}, data }] } }] });
  expect(found.map(({ text }) => text)).toEqual(['Anneliese', '+31612345678', 'a@b.test']);
  expect(found.every(({ text, packed }) => packed && personal.some((pattern) => pattern.test(text)))).toBe(true);
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiWorld, type ApiWorld } from './api-world.js';

let world: ApiWorld;
beforeAll(async () => {
  world = await apiWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const office = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };
const set = (replyRule: unknown) => world.call('PATCH', '/v1/workspace', { body: { replyRule } });

describe('the rule of the reply clock', () => {
  test.each([{ hours: 3, working: null }, { hours: 0.5, working: null }, { hours: 720, working: office }, { hours: 26, working: { days: [7], from: '02:00', to: '02:30' } }])(
    'is kept: %j', async (rule) => expect(await set(rule)).toMatchObject({ status: 200, body: { replyRule: rule } }),
  );

  test.each([
    [{ hours: 0, working: null }, 'hours', /more than 0/],
    [{ hours: 721, working: null }, 'hours', /at most 720/],
    [{ hours: '8', working: null }, 'hours', /number/],
    [{ hours: 8 }, 'working', /needed/],
    [{ hours: 8, working: { ...office, days: [] } }, 'working.days', /at least 1/],
    [{ hours: 8, working: { ...office, days: [8] } }, 'working.days.0', /at most 7/],
    [{ hours: 8, working: { ...office, from: '17:00', to: '09:00' } }, 'working.to', /later on the same day/],
    [{ hours: 8, working: { ...office, to: '09:00' } }, 'working.to', /later on the same day/],
    [{ hours: 8, working: { ...office, to: '24:00' } }, 'working.to', /such as 21:00/],
    // Counting it would take the reader of every message that begins a wait half a minute.
    [{ hours: 720, working: { days: [7], from: '02:00', to: '02:01' } }, 'hours', /come to in a year; give fewer hours/],
  ])('is refused by its field: %j', async (rule, path, message) => {
    expect(await set(rule)).toMatchObject({ status: 422, body: { code: 'invalid_fields', fields: [{ path: `replyRule.${path}`, message: expect.stringMatching(message) }] } });
  });
});

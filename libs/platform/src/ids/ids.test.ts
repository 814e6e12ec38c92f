import { expect, test } from '@jest/globals';
import { commandId, isId, newId, stableId } from './index.js';

test('new ids are version 7 and in order', () => {
  const ids = Array.from({ length: 100 }, newId);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect([...ids].sort()).toEqual(ids);
  expect(isId(ids[0] ?? '')).toBe(true);
  expect(isId('campaign-1')).toBe(false);
});

test('the same parts give the same id, however they could be joined otherwise', () => {
  expect(stableId('a', 'b')).toBe(stableId('a', 'b'));
  expect(stableId('a', 'b')).not.toBe(stableId('ab'));
  expect(stableId('a', 'b')).not.toBe(stableId('b', 'a'));
});

test('the same request with the same key is the same command, anything else another', () => {
  const workspace = newId();
  const id = commandId(workspace, 'POST', '/v1/campaigns', 'a');
  expect(commandId(workspace, 'post', '/v1/campaigns', 'a')).toBe(id);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
  expect(commandId(workspace, 'POST', '/v1/campaigns', 'b')).not.toBe(id);
  expect(commandId(newId(), 'POST', '/v1/campaigns', 'a')).not.toBe(id);
  expect(commandId(workspace, 'POST', '/v1', '/campaignsa')).not.toBe(id);
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deliveryStatuses, isSettled, mergeDeliveryStatus, type DeliveryStatus } from './index.js';

const status = fc.constantFrom(...deliveryStatuses);
const after = (...evidence: DeliveryStatus[]) => evidence.reduce(mergeDeliveryStatus, 'queued');

describe('delivery status', () => {
  it('is the same whatever the order of the evidence, and however often it comes', () => {
    const shuffled = fc.array(status, { minLength: 1 }).chain((evidence) =>
      fc.record({ evidence: fc.constant(evidence), again: fc.shuffledSubarray([...evidence, ...evidence], { minLength: evidence.length * 2 }) }));
    fc.assert(fc.property(shuffled, ({ evidence, again }) => {
      expect(after(...again)).toBe(after(...evidence));
    }));
  });

  it('only moves forward: having been anywhere, it never comes back', () => {
    fc.assert(fc.property(status, fc.array(status), (current, evidence) => {
      const end = evidence.reduce(mergeDeliveryStatus, current);
      expect(mergeDeliveryStatus(end, current)).toBe(end);
    }));
  });

  it.each<[DeliveryStatus[], DeliveryStatus]>([
    [['claimed', 'sent', 'delivered', 'sent'], 'delivered'],
    [['claimed', 'unknown', 'sent'], 'sent'],
    [['claimed', 'unknown', 'delivered', 'unknown'], 'delivered'],
    [['sent', 'failed', 'sent'], 'failed'],
    [['failed', 'delivered'], 'delivered'],
    [['delivered', 'failed'], 'delivered'],
    [['read', 'delivered', 'failed'], 'read'],
    [['unknown', 'queued', 'claimed'], 'unknown'],
  ])('after %j it is %s', (evidence, end) => {
    expect(after(...evidence)).toBe(end);
  });

  it('is settled once nothing more is tried', () => {
    expect(deliveryStatuses.filter((each) => !isSettled(each))).toEqual(['queued', 'claimed']);
  });
});

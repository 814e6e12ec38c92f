import { describe, expect, test } from '@jest/globals';
import type { CampaignSnapshot } from '../activities.js';
import { CampaignState } from './campaign-state.js';

const select = { key: 'select', action: 'remind-select', dueAt: 1_000 } as const;
const invite = { key: 'invite', action: 'remind-invite', dueAt: 2_000 } as const;
const close = { key: 'close', action: 'close', dueAt: 3_000 } as const;

const picture = (version: number, more: Partial<CampaignSnapshot> = {}): CampaignSnapshot => ({
  version, status: 'published', paused: false, milestones: [select, invite, close], ...more,
});
/** A state that has taken `pictures`, each asked for after the one before. */
const knowing = (...pictures: CampaignSnapshot[]): CampaignState => {
  const state = new CampaignState();
  for (const each of pictures) state.accept(each, state.taken);
  return state;
};

describe('what is next', () => {
  test('is nothing before the first picture', () => {
    const state = new CampaignState();
    expect([state.next, state.ended, state.changed]).toEqual([undefined, false, false]);
  });

  test('is the earliest that is pending', () => {
    expect(knowing(picture(1)).next).toEqual(select);
    expect(knowing(picture(1, { milestones: [] })).next).toBeUndefined();
  });

  test('is nothing during a pause, and the same after it', () => {
    const state = knowing(picture(1), picture(2, { paused: true }));
    expect(state.next).toBeUndefined();
    state.accept(picture(3), state.taken);
    expect(state.next).toEqual(select);
  });
});

describe('pictures out of order', () => {
  test('of two asked for side by side the older one is ignored, whichever comes last', () => {
    const state = knowing(picture(1));
    const both = state.taken;
    state.accept(picture(3, { milestones: [close] }), both);
    state.takeChange();
    state.accept(picture(2, { milestones: [invite, close] }), both);
    expect([state.next, state.changed]).toEqual([close, false]);
  });

  test('of two asked for side by side the newer one counts, also when it comes first or is the same', () => {
    const state = knowing(picture(1));
    const both = state.taken;
    state.accept(picture(2, { paused: true }), both);
    state.accept(picture(3), both);
    state.accept(picture(3, { status: 'closed' }), both);
    expect(state.next).toEqual(select);
    state.accept(picture(2, { status: 'cancelled' }), both);
    expect(state.ended).toBe(false);
  });

  test('an end that came in before is not undone by a look that was under way', () => {
    const state = knowing(picture(1));
    const look = state.taken;
    state.accept(picture(2, { status: 'started', milestones: [] }), state.taken);
    state.accept(picture(1), look);
    expect(state.ended).toBe(true);
  });

  test('asked for later it is newer, whatever its version: a restored database counts from where it was', () => {
    const state = knowing(picture(9, { milestones: [close] }), picture(4));
    expect(state.next).toEqual(select);
  });

  test('a deleted draft ends it', () => {
    expect(knowing(picture(0, { status: 'draft', milestones: [] }), picture(Number.MAX_SAFE_INTEGER, { status: 'cancelled' })).ended).toBe(true);
  });
});

describe('a milestone that was tried', () => {
  test('and is due all the same lets those after it pass, and comes again', () => {
    const state = knowing(picture(1));
    state.tried('select', 1_000, 2_500);
    expect(state.next).toEqual(invite);
    state.accept(picture(2, { milestones: [select, close] }), state.taken);
    expect(state.next).toEqual({ ...select, dueAt: 2_500 });
  });

  test('and is done, or was moved ahead, is not put off', () => {
    const state = knowing(picture(1, { milestones: [invite, close] }));
    state.tried('select', 1_000, 2_500);
    state.tried('invite', 1_000, 9_000);
    expect(state.next).toEqual(invite);
  });

  test('is forgotten when it is gone: the same key in a new schedule is another one', () => {
    const state = knowing(picture(1));
    state.tried('select', 1_000, 9_000);
    state.accept(picture(2, { milestones: [close] }), state.taken);
    state.accept(picture(3), state.taken);
    expect(state.next).toEqual(select);
  });
});

describe('changes', () => {
  test('a nudge asks for another look, once', () => {
    const state = knowing(picture(1));
    state.nudge();
    state.nudge();
    expect(state.changed).toBe(true);
    expect(state.takeChange()).toEqual({ reload: true });
    expect([state.changed, state.takeChange()]).toEqual([false, { reload: false }]);
  });

  test('a nudge while the row is being read is not lost', () => {
    const state = knowing(picture(1));
    state.nudge();
    state.takeChange();
    const look = state.taken;
    state.nudge();
    state.accept(picture(1), look);
    expect(state.takeChange()).toEqual({ reload: true });
  });

  test('a picture is a change without a look', () => {
    expect(knowing(picture(1)).takeChange()).toEqual({ reload: false });
  });
});

test.each(['started', 'finished', 'cancelled'] as const)('%s is the end', (status) => {
  expect(knowing(picture(1, { status })).ended).toBe(true);
});
test.each(['draft', 'published', 'closed'] as const)('%s is not the end', (status) => {
  expect(knowing(picture(1, { status })).ended).toBe(false);
});

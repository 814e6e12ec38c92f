import { describe, expect, it } from '@jest/globals';
import { allowedCommands, campaignStatuses, lifecycleCommands, mayCommand } from './index.js';

describe('lifecycle commands', () => {
  it('fit the status', () => {
    const running = { paused: false };
    const table = Object.fromEntries(campaignStatuses.map((status) => [status, allowedCommands({ status, ...running })]));
    expect(table).toEqual({
      draft: ['publish', 'cancel'],
      published: ['send-agreements', 'close', 'pause', 'reschedule', 'cancel'],
      closed: ['send-agreements', 'start', 'pause', 'cancel'],
      started: [],
      finished: [],
      cancelled: [],
    });
  });

  it('of a pause allow close, cancel and reschedule, and refuse start and send', () => {
    expect(allowedCommands({ status: 'published', paused: true })).toEqual(['close', 'resume', 'reschedule', 'cancel']);
    expect(allowedCommands({ status: 'closed', paused: true })).toEqual(['resume', 'cancel']);
    for (const command of ['start', 'send-agreements'] as const) {
      expect(mayCommand(command, { status: 'closed', paused: true })).toMatchObject({ ok: false, code: 'campaign_paused' });
    }
  });

  it('name the state and what is allowed when refused', () => {
    expect(mayCommand('start', { status: 'published', paused: false })).toEqual({
      ok: false, code: 'wrong_state', details: { state: 'published', paused: false, allowed: ['send-agreements', 'close', 'pause', 'reschedule', 'cancel'] },
    });
    expect(mayCommand('start', { status: 'published', paused: true })).toMatchObject({ code: 'wrong_state' });
    expect(mayCommand('pause', { status: 'published', paused: true })).toMatchObject({ code: 'wrong_state' });
  });

  it('tell of a refusal exactly what would not be refused', () => {
    for (const status of campaignStatuses) for (const paused of [true, false]) for (const command of lifecycleCommands) {
      const answer = mayCommand(command, { status, paused });
      if (!answer.ok) expect(answer.details.allowed).toEqual(allowedCommands({ status, paused }));
    }
  });
});

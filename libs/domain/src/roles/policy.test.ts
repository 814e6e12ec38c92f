import { describe, expect, it } from '@jest/globals';
import { actions, may, roles, scopeCovers, type Action, type Role } from './index.js';

describe('the policy', () => {
  const allowed = (role: Role) => actions.filter((action) => may(role, action));

  it('lets owner and admin do all', () => {
    expect(allowed('owner')).toEqual([...actions]);
    expect(allowed('admin')).toEqual([...actions]);
  });

  it('grows from member over manager to customer success', () => {
    expect(allowed('manager')).toEqual(expect.arrayContaining(allowed('member')));
    expect(allowed('customer-success')).toEqual(expect.arrayContaining(allowed('manager')));
  });

  it('leaves additions by hand to customer success', () => {
    expect(roles.filter((role) => may(role, 'application.add-by-hand'))).toEqual(['owner', 'admin', 'customer-success']);
    expect(roles.filter((role) => may(role, 'customer-success.resolve'))).toEqual(['owner', 'admin', 'customer-success']);
  });

  it.each<Action>(['campaign.publish', 'campaign.close', 'campaign.start', 'campaign.cancel', 'agreement.send', 'invite.send', 'broadcast.send'])(
    'keeps %s from members and reviewers',
    (action) => {
      expect(roles.filter((role) => may(role, action))).toEqual(['owner', 'admin', 'manager', 'customer-success']);
    },
  );

  it('lets a member move, reply and read, and shows a reviewer neither inbox nor addresses', () => {
    for (const action of ['application.move', 'thread.reply', 'campaign.read'] as const) expect(may('member', action)).toBe(true);
    expect(may('client-reviewer', 'application.vote')).toBe(true);
    for (const action of ['thread.read', 'address.read', 'notice.read', 'creator.read', 'agreement.read', 'application.move', 'client.read'] as const) {
      expect(may('client-reviewer', action)).toBe(false);
    }
  });

  it('keeps members, workspace and tokens of others from the team', () => {
    expect(roles.filter((role) => may(role, 'member.manage'))).toEqual(['owner', 'admin']);
    expect(roles.filter((role) => may(role, 'workspace.manage'))).toEqual(['owner', 'admin']);
  });
});

describe('the scopes of a token', () => {
  it('read reads, write writes too, none does nothing', () => {
    expect(actions.filter((action) => scopeCovers(['read'], action)).every((action) => action.endsWith('.read'))).toBe(true);
    expect(actions.every((action) => scopeCovers(['write'], action))).toBe(true);
    expect(actions.some((action) => scopeCovers([], action) || scopeCovers(['operator'], action))).toBe(false);
  });
});

import { expect, test } from '@jest/globals';

interface Rule {
  name: string;
  from: { path?: string; pathNot?: string[] };
  to: { path?: string | string[] };
}

/** Whether the rule about the system role forbids this import. */
async function forbids(from: string, to: string): Promise<boolean> {
  const path = '../.dependency-cruiser.js';
  const { default: config } = (await import(path)) as { default: { forbidden: Rule[] } };
  const rule = config.forbidden.find(({ name }) => name === 'system-role-has-few-doors');
  if (!rule) return false;
  const matches = (patterns: string | string[] | undefined, text: string) => [patterns ?? []].flat().some((each) => new RegExp(each).test(text));
  return matches(rule.from.path, from) && !matches(rule.from.pathNot, from) && matches(rule.to.path, to);
}

const door = 'libs/core/src/system/system-database.ts';

test.each([
  'libs/core/src/campaigns/list-campaigns.ts', 'libs/core/src/creators/list-creators.ts', 'libs/core/src/engine/outbox.ts', 'libs/core/src/workspaces/clients.ts',
  'apps/api/src/threads/threads.controller.ts', 'apps/api/src/creators/creators.schemas.ts', 'apps/worker/src/activities/run-command.ts', 'apps/slackbot/src/main.ts',
  'plugins/channel-email/src/index.ts',
])('%s may not look across workspaces', async (from) => {
  expect(await forbids(from, door)).toBe(true);
});

test.each(['libs/core/src/engine/relay/relay.ts', 'libs/core/src/team/resolve-credential.ts', 'apps/api/src/auth/authenticator.ts', 'apps/api/src/hooks/channel-hooks.controller.ts'])(
  '%s may, for a reason', async (from) => {
    expect(await forbids(from, door)).toBe(false);
  },
);

test('the rule is about that door alone', async () => {
  expect(await forbids('libs/core/src/campaigns/list-campaigns.ts', 'libs/core/src/db/database.ts')).toBe(false);
});

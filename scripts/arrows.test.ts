import { expect, test } from '@jest/globals';

interface Rule {
  name: string;
  from: { path?: string; pathNot?: string[] };
  to: { path?: string | string[]; pathNot?: string | string[] };
}

/** Whether a rule, the one about the system role unless told, forbids this import. */
async function forbids(from: string, to: string, named = 'system-role-has-few-doors'): Promise<boolean> {
  const path = '../.dependency-cruiser.js';
  const { default: config } = (await import(path)) as { default: { forbidden: Rule[] } };
  const rule = config.forbidden.find(({ name }) => name === named);
  if (!rule) return false;
  const matches = (patterns: string | string[] | undefined, text: string) => [patterns ?? []].flat().some((each) => new RegExp(each).test(text));
  const group = new RegExp(rule.from.path ?? '').exec(from)?.[1] ?? '';
  const pathNot = [rule.to.pathNot ?? []].flat().map((each) => each.replaceAll('$1', group));
  return matches(rule.from.path, from) && !matches(rule.from.pathNot, from) && matches(rule.to.path, to) && !matches(pathNot, to);
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

test.each([
  ['libs/core/src/db/database.ts', true],
  ['plugins/channel-email/src/index.ts', true],
  ['examples/demo/src/play.ts', true],
  ['libs/plugin-sdk/src/support/past-deadline.ts', true],
  ['libs/plugin-sdk/src/index.ts', false],
  ['libs/plugin-sdk/src/conformance/index.ts', false],
  ['examples/channel-whatsapp/src/config.ts', false],
])('an example of a third party’s channel may not import %s: %s', async (to, refused) => {
  expect(await forbids('examples/channel-whatsapp/src/index.ts', to, 'example-channels-know-the-sdk-only')).toBe(refused);
});

/** The arrows of the house. Whoever needs another one writes down why in docs/adr first. */

const ours = '^(libs|plugins|apps)/';

/** `from` may use of our own packages only those named, and itself. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${from}/src` },
  to: { path: ours, pathNot: [from, ...allowed].map((folder) => `^${folder}/`) },
});

/**
 * Who may open the door across workspaces (core/system, BYPASSRLS), each for one reason (docs/adr/0004). Everybody else goes
 * through Database, where row-level security holds.
 */
const acrossWorkspaces = [
  '^libs/core/src/system/',
  '^libs/core/src/engine/(relay|sweeper)/', // outbox and due-queue of all workspaces
  '^libs/core/src/engine/(clean-up|wake-everything)\\.ts$',
  '^libs/core/src/inbox/inbound/', // webhooks: whose an item is comes out here
  '^libs/core/src/inbox/tray/', // what nobody owns yet
  '^libs/core/src/inbox/consent/unsubscribe\\.ts$', // links and tokens: nobody is signed in yet
  '^libs/core/src/inbox/attachments/public-link\\.ts$',
  '^libs/core/src/inbox/look-up/', // a provider's list holds messages of every workspace that shares the sender
  '^libs/core/src/creators/links\\.ts$',
  '^libs/core/src/live/', // one reader per process hears for everybody, and hands on as each may hear
  '^libs/core/src/inbox/receivers/', // a mailbox serves every workspace: how far it is read belongs to none
  '^libs/core/src/mailboxes/reading/', // which mailboxes there are to read; what is in each stays in its workspace
  '^libs/core/src/inbox/search/', // an index of texts is not used under row-level security
  '^libs/core/src/story/public-story-image\\.ts$',
  '^libs/core/src/team/resolve-credential\\.ts$', // signing in
  '^libs/core/src/workspaces/(create-workspace|ensure-first-workspace)\\.ts$', // set-up
  '^libs/core/src/personal-data/rotate-keys\\.ts$',
  '^libs/core/src/creators/erasure/erase-creator\\.ts$', // erasure
  // The processes make it and hand it to those above.
  '^apps/api/src/(start|deps|deps\\.module|create-api)\\.ts$',
  '^apps/api/src/openapi/placeholder-deps\\.ts$',
  '^apps/api/src/auth/(authenticator|slack-credential)\\.ts$',
  '^apps/api/src/hooks/',
  '^apps/api/src/attachments/linked-attachment\\.controller\\.ts$',
  '^apps/api/src/live/',
  '^apps/api/src/pages/(visitor|[a-z-]+-page\\.controller)\\.ts$',
  '^apps/api/src/threads/inbox-search\\.ts$',
  '^apps/api/src/unassigned/',
  '^apps/api/src/stories/story-images\\.controller\\.ts$',
  '^apps/api/src/workspaces/workspaces\\.controller\\.ts$',
  '^apps/api/src/creators/creators\\.controller\\.ts$',
  '^apps/worker/src/(worker-process|wake-when-forgotten|activities/deps|observe/relay)\\.ts$',
  '^libs/testing/',
];

export default {
  forbidden: [
    only('domain-knows-nobody', 'libs/domain', [], 'Pure rules, used by workflows, core and the browser alike.'),
    only('plugin-sdk-knows-nobody', 'libs/plugin-sdk', [], 'Third parties install it without the product.'),
    only('platform', 'libs/platform', ['libs/domain'], 'No business words in here.'),
    only('templating', 'libs/templating', ['libs/domain'], 'Templates know nothing of rows or channels.'),
    only('workflows', 'libs/workflows', ['libs/domain'], 'Deterministic code only: everything else is an activity.'),
    only(
      'workflow-client',
      'libs/workflow-client',
      ['libs/domain', 'libs/workflows', 'libs/platform'],
      'Ids and calls, no rules.',
    ),
    only(
      'core',
      'libs/core',
      ['libs/domain', 'libs/templating', 'libs/platform', 'libs/plugin-sdk'],
      'Use cases know neither HTTP, Slack nor Temporal.',
    ),
    {
      name: 'plugins-know-the-sdk-only',
      comment: 'Ours are built like a third party builds them.',
      severity: 'error',
      from: { path: '^plugins/([^/]+)/src' },
      to: { path: ours, pathNot: ['^plugins/$1/', '^libs/plugin-sdk/'] },
    },
    {
      name: 'example-channels-know-the-sdk-only',
      comment: 'They show what a third party has: the two entries of the SDK and nothing else of ours.',
      severity: 'error',
      from: { path: '^examples/channel-([^/]+)/' },
      to: { path: '^(libs|plugins|apps|examples)/', pathNot: ['^examples/channel-$1/', '^libs/plugin-sdk/src/(conformance/)?index\\.ts$'] },
    },
    {
      name: 'plugins-name-what-they-need',
      comment: 'A package that is only there because another one brought it is missing where the plugin is installed alone.',
      severity: 'error',
      from: { path: '^(plugins|examples/channel-[^/]+)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'apps-never-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'testing-stays-in-tests',
      comment: 'The local stack is for tests and the launcher.',
      severity: 'error',
      from: { path: '^(libs|plugins|apps)/[^/]+/src', pathNot: '^libs/testing/' },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'plugins-are-loaded-by-name',
      comment: 'Only the one plugins.ts of the worker and of the API knows how plugins come in.',
      severity: 'error',
      from: { path: '^(libs|apps)/[^/]+/src', pathNot: ['^apps/(api|worker)/src/plugins\\.ts$'] },
      to: { path: '^plugins/' },
    },
    {
      name: 'system-role-has-few-doors',
      comment: 'It sees every workspace: a forgotten condition there shows one agency the creators of another.',
      severity: 'error',
      from: { path: '^(libs|apps|plugins)/[^/]+/src', pathNot: acrossWorkspaces },
      to: { path: '^libs/core/src/system/' },
    },
    {
      name: 'core-has-no-front-door',
      severity: 'error',
      from: { path: '^libs/(core|domain|templating|platform)/src' },
      to: { path: 'node_modules/(@nestjs|@slack|@temporalio|express)/' },
    },
    {
      name: 'temporal-client-in-one-place',
      comment: 'Ids, deadlines and retries are decided once, in libs/workflow-client.',
      severity: 'error',
      from: { path: '^(libs|apps|plugins)/[^/]+/src', pathNot: ['^libs/(workflow-client|testing)/'] },
      to: { path: 'node_modules/@temporalio/client/' },
    },
    {
      name: 'slackbot-has-no-database',
      comment: 'It is a client of the REST API.',
      severity: 'error',
      from: { path: '^apps/slackbot/src' },
      to: { path: ['^libs/core/', 'node_modules/(@mikro-orm|pg)/'] },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'nothing-missing',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/', '\\.test\\.ts$', '^(libs|plugins|apps)/[^/]+/test/'] },
    // Only import and export: other calls that look like AMD are queries here.
    moduleSystems: ['es6', 'tsd'],
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
      mainFields: ['module', 'main'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};

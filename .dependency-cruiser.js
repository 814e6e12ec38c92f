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

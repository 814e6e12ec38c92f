/** Rules of this house that no ready-made lint rule knows. */

const isCall = (node, object, property) =>
  node.callee.type === 'MemberExpression' &&
  node.callee.object.type === 'Identifier' &&
  node.callee.object.name === object &&
  node.callee.property.name === property;

/** The database has a clock too, and it stays real when the tests' time jumps. */
const hasSqlTime = (text) => /\bnow\(\)|\b(current|local)_?timestamp\b|\bclock_timestamp\(/i.test(text);

/** Time comes from the injected Clock or from the workflow: seven days must pass in a second in the tests. */
const noAmbientTime = {
  create: (context) => {
    const report = (node) => context.report({ node, message: 'Take the time from the injected Clock.' });
    return {
      CallExpression: (node) => isCall(node, 'Date', 'now') && report(node),
      Literal: (node) => typeof node.value === 'string' && hasSqlTime(node.value) && report(node),
      TemplateElement: (node) => hasSqlTime(node.value.raw) && report(node),
      NewExpression: (node) =>
        node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0 && report(node),
    };
  },
};

/** Both run outside the workspace of the EntityManager: row-level security would see the wrong tenant or none. */
const noRawConnection = {
  create: (context) => ({
    CallExpression: (node) => {
      if (node.callee.type !== 'MemberExpression') return;
      const name = node.callee.property.name;
      if (name === 'getKysely') {
        context.report({ node, message: 'getKysely() leaves the workspace: use em.execute() or a query builder.' });
      }
      const from = node.callee.object;
      if (name === 'execute' && from.type === 'CallExpression' && from.callee.property?.name === 'getConnection') {
        context.report({ node, message: 'getConnection().execute() leaves the workspace: use em.execute().' });
      }
    },
  }),
};

/** A double cast says anything is anything. Say what is known, or check it. */
const noDoubleCast = {
  create: (context) => ({
    TSAsExpression: (node) => {
      if (node.expression.type === 'TSAsExpression' && node.expression.typeAnnotation.type === 'TSUnknownKeyword') {
        context.report({ node, message: 'Do not cast through unknown.' });
      }
    },
  }),
};

const channelNames = new Set(['sms', 'email', 'e-mail', 'mail', 'in-app', 'in_app', 'inapp', 'app']);
const isChannel = (node) => /channel/i.test(node.name ?? node.property?.name ?? '');
const isChannelName = (node) => node.type === 'Literal' && channelNames.has(node.value);

/** What one channel needs lives in its plugin, so that a new channel is a new package and nothing else. */
const noChannelSpecialCase = {
  create: (context) => ({
    BinaryExpression: ({ operator, left, right }) => {
      if (!['===', '!==', '==', '!='].includes(operator)) return;
      if ((isChannel(left) && isChannelName(right)) || (isChannel(right) && isChannelName(left))) {
        context.report({ node: left, message: 'Only the plugin of a channel knows what is special about it.' });
      }
    },
  }),
};

export default {
  meta: { name: 'sevenfold' },
  rules: {
    'no-ambient-time': noAmbientTime,
    'no-raw-connection': noRawConnection,
    'no-double-cast': noDoubleCast,
    'no-channel-special-case': noChannelSpecialCase,
  },
};

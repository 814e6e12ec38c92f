import { variables, type VariableReference } from '@sevenfold/platform/config';
import email from '@sevenfold/channel-email';
import sms from '@sevenfold/channel-sms-twilio';
import instagram from '@sevenfold/social-instagram';
import { z } from 'zod';
import { portDefinitions } from '../../libs/testing/src/launcher/ports.js';
import { code, table } from './markdown.js';

const head = `# Configuration

Every variable the product reads. This file is written by \`npm run docs:write\` from the code; a test fails when the two differ.

A variable that is empty counts as not set. A process reads all of its variables before it does anything else; when some are
missing or wrong it names each of them with the fix, starts nothing, and ends with exit code 78. A value is never printed.
`;

/** docs/configuration.md as it must read. */
export function configuration(): string {
  return [
    head,
    '## The processes\n',
    '`setup` is the step that makes and changes the tables; see [operate.md](operate.md).\n',
    table(['Variable', 'What it is', 'Without it', 'Read by'], variables.map(processRow)),
    '## The plugins\n',
    'Read by the API and the worker, and only when the plugin is named in `SEVENFOLD_PLUGINS`. `@sevenfold/channel-in-app` has no variables.\n',
    ...[email, sms, instagram].flatMap(({ name, id, config }) => [`### ${name} – \`@sevenfold/${id}\`\n`, table(['Variable', 'What it is', 'Without it'], pluginRows(config))]),
    '## `npm start` alone\n',
    'The launcher runs what you have no real one of. Its ports:\n',
    table(['Variable', 'Port of', 'Without it'], Object.values(portDefinitions).map(({ variable, what, fallback }) => [code(variable), `${what}.`, code(String(fallback))])),
    'It reads further:\n',
    table(['Variable', 'What it is', 'Without it'], launcherRows),
  ].join('\n');
}

const launcherRows = [
  ['`SEVENFOLD_HOME`', 'The folder of data, secrets and logs.', '`.sevenfold` in the checkout'],
  ['`SEVENFOLD_CACHE`', 'The folder of tools that take minutes to build.', '`sevenfold` in the user’s cache folder'],
  ['`CHROMIUM_PATH`', 'A Chromium that prints agreements and story cards; also read by the worker wherever it runs.', 'the packaged one, else `chromium` on `PATH`'],
];

function processRow({ name, description, fallback, secret, usedBy }: VariableReference): string[] {
  const needed = usedBy.some(({ required }) => required);
  const own = fallback ? code(fallback) : undefined;
  return [
    code(name),
    secret ? `${description} A secret.` : description,
    needed ? '**does not start**' : (own ?? 'left out'),
    usedBy.map(({ process }) => process).join(', '),
  ];
}

const read = z.object({ properties: z.record(z.string(), z.object({ description: z.string(), default: z.unknown().optional() })), required: z.array(z.string()).optional() });

/** The rows of a plugin's own schema. Throws when a variable has no description. */
function pluginRows(config: z.ZodType): string[][] {
  const { properties, required = [] } = read.parse(z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }));
  return Object.entries(properties).map(([name, { description, default: fallback }]) => [
    code(name),
    description,
    required.includes(name) ? '**does not start**' : fallback === undefined ? 'left out' : code(String(fallback)),
  ]);
}

import Handlebars from 'handlebars';
import { helpers } from '../helpers/index.js';
import { partials } from '../partials/index.js';
import { escapeFor } from './escape.js';
import { frameOf } from './frame.js';
import { instrument } from './instrument.js';
import { BLOCK_HELPERS, INLINE_HELPERS, NEED, OUT, PARTIALS } from './names.js';

/** Options every template and partial is compiled with: only helpers on the list, escaping by our own hand. */
export const compileOptions: CompileOptions = {
  noEscape: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries([...BLOCK_HELPERS, ...INLINE_HELPERS, NEED, OUT].map((name) => [name, true])),
};

/** What each partial reads beside what it is given. */
export const partialVariables: Record<string, readonly string[]> = {};

/** Our own Handlebars, apart from the global one: nothing registered elsewhere reaches it, and nothing here leaks out. */
export const environment = createEnvironment();

function createEnvironment(): typeof Handlebars {
  const own = Handlebars.create();
  for (const name of ['lookup', 'log', 'helperMissing', 'blockHelperMissing']) own.unregisterHelper(name);
  for (const [name, helper] of Object.entries(helpers)) own.registerHelper(name, helper);
  own.registerHelper(NEED, (value: unknown, label: string, options: Handlebars.HelperOptions) => {
    if (value === undefined || value === null || typeof value === 'function') frameOf(options).missing.add(label);
    return value;
  });
  own.registerHelper(OUT, (value: unknown, options: Handlebars.HelperOptions) => escapeFor(value, frameOf(options).target));
  for (const [name, source] of Object.entries(partials)) {
    const { ast, problems, variables } = instrument(own.parse(source), { given: PARTIALS[name] ?? [], partialVariables });
    if (problems.length > 0) throw new Error(`partial ${name}: ${problems.join('; ')}`);
    partialVariables[name] = variables;
    own.registerPartial(name, own.compile(ast, compileOptions));
  }
  return own;
}

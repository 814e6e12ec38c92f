import Handlebars from 'handlebars';
import { helpers } from '../helpers/index.js';
import { unusable } from '../helpers/unusable.js';
import { each } from './each.js';
import { escapeFor } from './escape.js';
import { frameOf } from './frame.js';
import { BLOCK_HELPERS, HELPERS, NEED, OUT, STEP } from './names.js';

/** Options every template and partial is compiled with: only helpers on the list, escaping by our own hand. */
export const compileOptions: CompileOptions = {
  noEscape: true,
  preventIndent: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries([...BLOCK_HELPERS, ...Object.keys(HELPERS), NEED, OUT, STEP].map((name) => [name, true])),
};

/** Our own Handlebars, apart from the global one: nothing registered elsewhere reaches it, and nothing here leaks out. */
export const environment = createEnvironment();

function createEnvironment(): typeof Handlebars {
  const own = Handlebars.create();
  for (const name of ['lookup', 'log', 'helperMissing', 'blockHelperMissing']) own.unregisterHelper(name);
  for (const [name, helper] of Object.entries(helpers)) own.registerHelper(name, counted(helper));
  own.registerHelper('each', each);
  own.registerHelper(NEED, (value: unknown, label: string, options: Handlebars.HelperOptions) => {
    if (value === undefined || value === null) frameOf(options).missing.add(label);
    return value;
  });
  own.registerHelper(OUT, (value: unknown, name: string, options: Handlebars.HelperOptions) => {
    const { target, budget } = frameOf(options);
    if (typeof value === 'object' && value !== null && !(value instanceof Handlebars.SafeString)) return unusable(name, 'a text');
    const printed = escapeFor(value, target);
    budget.spend(1, printed.length);
    return printed;
  });
  own.registerHelper(STEP, (characters: number, options: Handlebars.HelperOptions) => {
    frameOf(options).budget.spend(1, characters);
    return '';
  });
  return own;
}

/** A helper's work counts twenty steps. */
function counted(helper: Handlebars.HelperDelegate): Handlebars.HelperDelegate {
  return function (this: unknown, ...args: unknown[]): unknown {
    frameOf(args.at(-1) as Handlebars.HelperOptions).budget.spend(20);
    return (helper as (...given: unknown[]) => unknown).apply(this, args);
  };
}

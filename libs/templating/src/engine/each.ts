import Handlebars from 'handlebars';
import { frameOf } from './frame.js';
import { unusable } from '../helpers/unusable.js';

/** `{{#each items}}`: lists only, because the keys of a record would be data nobody named. */
export function each(this: unknown, items: unknown, options: Handlebars.HelperOptions): string {
  if (items === undefined || items === null) return options.inverse(this);
  if (!Array.isArray(items)) return unusable('#each', 'a list');
  if (items.length === 0) return options.inverse(this);
  // Also a pass over nothing is a pass.
  frameOf(options).budget.spend(items.length);
  const data = Handlebars.createFrame(options.data) as Record<string, unknown>;
  return items
    .map((item: unknown, index) => {
      Object.assign(data, { index, first: index === 0, last: index === items.length - 1 });
      return options.fn(item, { data, blockParams: [item, index] });
    })
    .join('');
}

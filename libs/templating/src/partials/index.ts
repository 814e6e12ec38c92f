import { createPartials, type PartialSource } from '../engine/partial-set.js';
import { button } from './button.js';
import { contact } from './contact.js';
import { layout } from './layout.js';

/** The pieces of design our templates share; a workspace may have its own in their place, and more. */
export const partials: Readonly<Record<string, PartialSource>> = { layout, button, contact };

/** Ours alone, read. */
export const defaultPartials = createPartials(partials);

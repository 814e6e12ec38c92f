import { button } from './button.js';
import { contact } from './contact.js';
import { layout } from './layout.js';

/** The pieces of design our templates share. */
export const partials: Record<string, string> = { layout, button, contact };

import type Handlebars from 'handlebars';
import { date } from './date.js';
import { list } from './list.js';
import { money } from './money.js';
import { paragraphs } from './paragraphs.js';
import { url } from './url.js';

/** What templates may call. A value that is missing was noticed before the helper runs, which then prints nothing. */
export const helpers: Record<string, Handlebars.HelperDelegate> = { date, money, list, url, paragraphs };

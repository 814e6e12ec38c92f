import { aloneFlaws, flawed } from './flaws.js';

/** A plugin of its own file, because a process of its own imports it. */
export default flawed(aloneFlaws['prints'] ?? { what: '', check: '' });

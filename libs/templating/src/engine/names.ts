/** Helpers a template may call to print something. */
export const INLINE_HELPERS: readonly string[] = ['date', 'money', 'list', 'url', 'paragraphs'];

/** Blocks a template may use. */
export const BLOCK_HELPERS: readonly string[] = ['if', 'unless', 'each', 'with'];

/** Pieces of design a template may include, and the values each of them must be given. */
export const PARTIALS: Readonly<Record<string, readonly string[]>> = { layout: ['title'], button: ['label', 'to'], contact: [] };

/** Helpers the compiler puts in: printing with the right escaping, and noticing what has no value. */
export const OUT = '__out';
export const NEED = '__need';

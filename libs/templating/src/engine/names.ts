/** What a helper may be given: how many values, and which `name=value` beside them. */
export interface HelperSignature {
  readonly values: readonly [least: number, most: number];
  readonly hash: readonly string[];
}

/** Helpers a template may call to print something. */
export const HELPERS: Readonly<Record<string, HelperSignature>> = {
  date: { values: [1, 1], hash: ['style', 'zone', 'locale'] },
  money: { values: [1, 2], hash: ['locale'] },
  list: { values: [1, 1], hash: ['of', 'style', 'locale'] },
  url: { values: [1, 1], hash: [] },
  paragraphs: { values: [1, 1], hash: [] },
};

/** Blocks a template may use. */
export const BLOCK_HELPERS: readonly string[] = ['if', 'unless', 'each', 'with'];

/** What a template may read of the engine itself. */
export const DATA_VARIABLES: readonly string[] = ['root', 'index', 'first', 'last'];

/** Names that lead out of the data; nothing may be called or given so. */
export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Pieces of design every template may include, and the values each of them must be given. */
export const PARTIALS: Readonly<Record<string, readonly string[]>> = { layout: ['title'], button: ['label', 'to'], contact: [] };

/** Helpers the compiler puts in: printing with the right escaping, noticing what has no value, and counting the work. */
export const OUT = '__out';
export const NEED = '__need';
export const STEP = '__step';

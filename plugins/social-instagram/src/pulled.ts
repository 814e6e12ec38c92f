import type { FigureGap } from '@sevenfold/plugin-sdk';

/** Figures that were found and why the rest was not, or the one reason why none were. */
export type Pulled = { readonly figures: Record<string, number>; readonly rest: FigureGap } | { readonly gap: FigureGap };

/** What one rendering may cost. Counted, not timed: the same template with the same data always ends the same way. */
export const LIMITS = {
  /** Characters of one form as it is written. */
  source: 100_000,
  /** `{{` in one form. */
  mustaches: 5_000,
  /** Blocks in one form, however nested: reading them takes time by the square of their depth. */
  blocks: 400,
  /** Calls within one variable or block. */
  calls: 100,
  /** Blocks and calls inside one another. */
  depth: 24,
  /** Passes through a block, a partial or a loop, values printed, and twenty for each call of a helper. */
  steps: 100_000,
  /** Characters written, also those a block around them writes again. */
  characters: 1_000_000,
  /** Values the data may hold. */
  values: 200_000,
} as const;

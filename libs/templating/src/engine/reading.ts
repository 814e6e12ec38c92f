/** What a partial reads, for whoever includes it. */
export interface KnownPartial {
  /** By full names from where it stands; `@root.x` is read from the root wherever it stands. */
  readonly variables: readonly string[];
  /** Names whoever includes it must give. */
  readonly params: readonly string[];
}

/** How a tree is to be read. */
export interface Reading {
  /** Set for partials: they may place the block they wrap, and these names are given by whoever includes them. */
  readonly given?: readonly string[];
  readonly partials: ReadonlyMap<string, KnownPartial>;
}

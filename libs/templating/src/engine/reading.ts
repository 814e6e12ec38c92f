/** How a tree is to be read. */
export interface Reading {
  /** Set for our own partials: they may place the block they wrap, and these names are given by whoever includes them. */
  readonly given?: readonly string[];
  /** What each partial reads beside what it is given. */
  readonly partialVariables: Readonly<Record<string, readonly string[]>>;
}

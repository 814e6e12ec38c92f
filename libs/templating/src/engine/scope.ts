/** Where in the data a part of a template stands, for naming variables as their author knows them. */
export interface Scope {
  /** '' at the root, `deliverables[]` inside `{{#each deliverables}}`. */
  readonly prefix: string;
  readonly parent: Scope | undefined;
  /** Block parameters (`as |item|`) and what they stand for. */
  readonly names: ReadonlyMap<string, string>;
  /** How many blocks and calls are around. */
  readonly depth: number;
}

export const rootScope: Scope = { prefix: '', parent: undefined, names: new Map(), depth: 0 };

/** The scope inside a block over `prefix`. */
export const inner = (scope: Scope, prefix: string, names: Iterable<readonly [string, string]> = []): Scope => ({
  prefix,
  parent: scope,
  names: new Map([...scope.names, ...names]),
  depth: scope.depth + 1,
});

/** The same place, one step further inside. */
export const deeper = (scope: Scope): Scope => ({ ...scope, depth: scope.depth + 1 });

/** The full name of a path, or undefined for loop counters (`@index`), which always have a value. */
export function labelOf(path: hbs.AST.PathExpression, scope: Scope): string | undefined {
  if (path.data) return path.parts[0] === 'root' ? path.parts.slice(1).join('.') : undefined;
  const [head, ...rest] = path.parts;
  const named = path.depth === 0 && head !== undefined ? scope.names.get(head) : undefined;
  if (named !== undefined) return named === '' ? undefined : [named, ...rest].join('.');
  return joined(prefixAt(scope, path.depth), path.parts) || 'this';
}

/** A name as seen from the root. */
export const joined = (prefix: string, parts: readonly string[]): string => [prefix, ...parts].filter((part) => part !== '').join('.');

function prefixAt(scope: Scope, depth: number): string {
  let at: Scope = scope;
  for (let step = 0; step < depth; step += 1) at = at.parent ?? at;
  return at.prefix;
}

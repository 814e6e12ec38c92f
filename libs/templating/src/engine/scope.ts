/** Where in the data a part of a template stands, for naming variables as their author knows them. */
export interface Scope {
  /** '' at the root, `deliverables[]` inside `{{#each deliverables}}`. */
  readonly prefix: string;
  readonly parent: Scope | undefined;
  /** Block parameters (`as |item|`) and what they stand for. */
  readonly names: ReadonlyMap<string, string>;
}

export const rootScope: Scope = { prefix: '', parent: undefined, names: new Map() };

/** The scope inside a block over `prefix`. */
export const inner = (scope: Scope, prefix: string, names: Iterable<readonly [string, string]> = []): Scope => ({
  prefix,
  parent: scope,
  names: new Map([...scope.names, ...names]),
});

/** The full name of a path, or undefined for loop counters (`@index`), which always have a value. */
export function labelOf(path: hbs.AST.PathExpression, scope: Scope): string | undefined {
  if (path.data) return path.parts[0] === 'root' ? path.parts.slice(1).join('.') : undefined;
  const [head, ...rest] = path.parts;
  const named = path.depth === 0 && head !== undefined ? scope.names.get(head) : undefined;
  if (named !== undefined) return named === '' ? undefined : [named, ...rest].join('.');
  let at: Scope = scope;
  for (let step = 0; step < path.depth; step += 1) at = at.parent ?? at;
  return [at.prefix, ...path.parts].filter((part) => part !== '').join('.') || 'this';
}

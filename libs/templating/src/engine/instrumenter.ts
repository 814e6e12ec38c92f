import { BLOCK_HELPERS, INLINE_HELPERS, NEED, OUT, PARTIALS } from './names.js';
import { call, is, isLiteral, isPlain, text } from './nodes.js';
import type { Reading } from './reading.js';
import { inner, labelOf, type Scope } from './scope.js';

const FORBIDDEN_PARTS = new Set(['__proto__', 'constructor', 'prototype']);

/** One walk over a template; see `instrument`. */
export class Instrumenter {
  readonly variables = new Set<string>();
  readonly problems: string[] = [];

  constructor(private readonly reading: Reading) {}

  program(program: hbs.AST.Program | undefined, scope: Scope): void {
    for (const statement of program?.body ?? []) this.statement(statement, scope);
  }

  private statement(node: hbs.AST.Statement, scope: Scope): void {
    if (isPlain(node)) return;
    if (is(node, 'MustacheStatement')) return this.mustache(node, scope);
    if (is(node, 'BlockStatement')) return this.block(node, scope);
    if (is(node, 'PartialStatement')) return this.partial(node, scope);
    if (is(node, 'PartialBlockStatement')) {
      this.partial(node, scope);
      return this.program(node.program, scope);
    }
    this.refuse(node, `${node.type} is not allowed`);
  }

  /** `{{name}}` and `{{helper …}}` both become `{{__out …}}`. */
  private mustache(node: hbs.AST.MustacheStatement, scope: Scope): void {
    if (!node.escaped) return this.refuse(node, 'unescaped output ({{{…}}}) is not allowed');
    if (!is(node.path, 'PathExpression')) return this.refuse(node, 'only variables and helpers can be printed');
    const isCall = node.params.length > 0 || node.hash !== undefined || INLINE_HELPERS.includes(node.path.original);
    const helperCall: hbs.AST.SubExpression = { type: 'SubExpression', path: node.path, params: node.params, hash: node.hash, loc: node.loc };
    const printed = this.expression(isCall ? helperCall : node.path, scope);
    const out = call(OUT, [printed], node.loc);
    Object.assign(node, { path: out.path, params: out.params, hash: undefined, escaped: false });
  }

  private block(node: hbs.AST.BlockStatement, scope: Scope): void {
    const name = node.path.original;
    const [subject] = node.params;
    if (!BLOCK_HELPERS.includes(name)) return this.refuse(node, `block "${name}" is not known`);
    if (subject === undefined || node.params.length > 1 || !is(subject, 'PathExpression')) return this.refuse(node, `{{#${name}}} takes one variable`);
    const asks = name === 'if' || name === 'unless';
    const label = this.path(subject, scope);
    // A condition may be about something absent; what is walked over may not.
    node.params = [asks ? subject : this.needed(subject, label)];
    this.program(node.program, asks || label === undefined ? scope : scopeInside(name, label, node.program?.blockParams, scope));
    this.program(node.inverse, scope);
  }

  private partial(node: hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement, scope: Scope): void {
    const name = is(node.name, 'PathExpression') ? node.name.original : '';
    if (this.reading.given !== undefined && name === '@partial-block') return;
    const params = Object.hasOwn(PARTIALS, name) ? PARTIALS[name] : undefined;
    if (params === undefined) return this.refuse(node, `partial "${name}" is not known`);
    if (node.params.length > 0) return this.refuse(node, `partial "${name}" takes only name=value`);
    const absent = params.filter((param) => !(node.hash?.pairs ?? []).some((pair) => pair.key === param));
    if (absent.length > 0) return this.refuse(node, `partial "${name}" needs ${absent.join(' and ')}`);
    for (const variable of this.reading.partialVariables[name] ?? []) this.variables.add(variable);
    this.hash(node.hash, scope);
  }

  /** An expression whose value is printed or handed on: paths in it must have one. */
  private expression(node: hbs.AST.Expression, scope: Scope): hbs.AST.Expression {
    if (isLiteral(node)) return node;
    if (is(node, 'PathExpression')) return this.needed(node, this.path(node, scope));
    if (!is(node, 'SubExpression')) return this.refuse(node, `${node.type} is not allowed`) ?? node;
    const name = node.path.original;
    if (!INLINE_HELPERS.includes(name)) this.refuse(node, `helper "${name}" is not known`);
    else if (node.params.length === 0) this.refuse(node, `helper "${name}" needs a value`);
    node.params = node.params.map((param) => this.expression(param, scope));
    this.hash(node.hash, scope);
    return node;
  }

  private hash(hash: hbs.AST.Hash | undefined, scope: Scope): void {
    for (const pair of hash?.pairs ?? []) pair.value = this.expression(pair.value, scope);
  }

  /** Records a path as a variable. @returns its full name */
  private path(node: hbs.AST.PathExpression, scope: Scope): string | undefined {
    const forbidden = node.parts.find((part) => FORBIDDEN_PARTS.has(part));
    if (forbidden !== undefined) this.refuse(node, `"${forbidden}" is not a variable`);
    const label = labelOf(node, scope);
    // Noticed where it was given: naming it here again would name it by a name its author never wrote.
    if (label === undefined || this.reading.given?.includes(label) === true) return undefined;
    this.variables.add(label);
    return label;
  }

  private needed(node: hbs.AST.PathExpression, label: string | undefined): hbs.AST.Expression {
    return label === undefined ? node : call(NEED, [node, text(label, node.loc)], node.loc);
  }

  private refuse(node: hbs.AST.Node, problem: string): undefined {
    this.problems.push(`line ${node.loc.start.line}: ${problem}`);
    return undefined;
  }
}

function scopeInside(block: string, label: string, blockParams: readonly string[] | undefined, scope: Scope): Scope {
  const prefix = block === 'each' ? `${label}[]` : label;
  const [item, counter] = blockParams ?? [];
  return inner(scope, prefix, [
    ...(item === undefined ? [] : [[item, prefix] as const]),
    // The counter always has a value, so it has no name to be missing by.
    ...(counter === undefined ? [] : [[counter, ''] as const]),
  ]);
}

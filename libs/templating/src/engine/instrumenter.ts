import { LIMITS } from './limits.js';
import { BLOCK_HELPERS, DATA_VARIABLES, FORBIDDEN_NAMES, HELPERS, NEED, OUT, STEP } from './names.js';
import { call, is, isLiteral, isPlain, number, statement, text } from './nodes.js';
import { at } from './parse.js';
import type { Reading } from './reading.js';
import { deeper, inner, joined, labelOf, type Scope } from './scope.js';

const ROOT = '@root.';

/** One walk over a template; see `instrument`. */
export class Instrumenter {
  readonly variables = new Set<string>();
  readonly includes = new Set<string>();
  readonly problems: string[] = [];

  constructor(private readonly reading: Reading) {}

  program(program: hbs.AST.Program | undefined, scope: Scope): void {
    if (program === undefined) return;
    const [first] = program.body;
    if (scope.depth > LIMITS.depth) {
      if (first !== undefined) this.refuse(first, `more than ${LIMITS.depth} blocks inside one another`);
      return;
    }
    let written = 0;
    for (const each of program.body) {
      if (is(each, 'ContentStatement')) written += each.value.length;
      this.statement(each, scope);
    }
    // Every pass through here is counted, with what it writes by itself.
    if (first !== undefined) program.body.unshift(statement(STEP, [number(written, first.loc)], first.loc));
  }

  private statement(node: hbs.AST.Statement, scope: Scope): void {
    if (isPlain(node)) return;
    if (is(node, 'MustacheStatement')) return this.mustache(node, scope);
    if (is(node, 'BlockStatement')) return this.block(node, scope);
    if (is(node, 'PartialStatement')) return this.partial(node, scope);
    if (is(node, 'PartialBlockStatement')) {
      this.partial(node, scope);
      return this.program(node.program, deeper(scope));
    }
    this.refuse(node, `${node.type} is not allowed`);
  }

  /** `{{name}}` and `{{helper …}}` both become `{{__out …}}`. */
  private mustache(node: hbs.AST.MustacheStatement, scope: Scope): void {
    if (!node.escaped) return this.refuse(node, 'unescaped output ({{{…}}}) is not allowed');
    if (!is(node.path, 'PathExpression')) return this.refuse(node, 'only variables and helpers can be printed');
    const isCall = node.params.length > 0 || node.hash !== undefined || Object.hasOwn(HELPERS, node.path.original);
    const helperCall: hbs.AST.SubExpression = { type: 'SubExpression', path: node.path, params: node.params, hash: node.hash, loc: node.loc };
    const printed = isCall ? this.call(helperCall, scope) : this.expression(node.path, scope);
    const out = call(OUT, [printed, text(node.path.original, node.loc)], node.loc);
    Object.assign(node, { path: out.path, params: out.params, hash: undefined, escaped: false });
  }

  private block(node: hbs.AST.BlockStatement, scope: Scope): void {
    const name = node.path.original;
    const [subject] = node.params;
    if (!BLOCK_HELPERS.includes(name)) return this.refuse(node, `block "${name}" is not known`);
    if (subject === undefined || node.params.length > 1 || !is(subject, 'PathExpression')) return this.refuse(node, `{{#${name}}} takes one variable`);
    if (node.hash !== undefined) return this.refuse(node, `{{#${name}}} takes nothing but its variable`);
    for (const param of [...(node.program?.blockParams ?? []), ...(node.inverse?.blockParams ?? [])]) {
      if (FORBIDDEN_NAMES.has(param)) this.refuse(node, `"${param}" is not a name`);
    }
    const asks = name === 'if' || name === 'unless';
    const label = this.path(subject, scope);
    // A condition may be about something absent; what is walked over may not.
    node.params = [asks ? subject : this.needed(subject, label)];
    this.program(node.program, asks || label === undefined ? deeper(scope) : scopeInside(name, label, node.program?.blockParams, scope));
    this.program(node.inverse, deeper(scope));
  }

  private partial(node: hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement, scope: Scope): void {
    const name = is(node.name, 'PathExpression') ? node.name.original : '';
    // Lines it stands alone on are not indented: that would be work nobody counts.
    if (is(node, 'PartialStatement')) node.indent = '';
    if (this.reading.given !== undefined && name === '@partial-block') return;
    const known = this.reading.partials.get(name);
    if (known === undefined) return this.refuse(node, `partial "${name}" is not known`);
    this.includes.add(name);
    if (node.params.length > 0) return this.refuse(node, `partial "${name}" takes only name=value`);
    const given = (node.hash?.pairs ?? []).map(({ key }) => key);
    const absent = known.params.filter((param) => !given.includes(param));
    if (absent.length > 0) return this.refuse(node, `partial "${name}" needs ${absent.join(' and ')}`);
    for (const variable of known.variables) this.readsBy(variable, given, scope);
    this.hash(node.hash, scope, node);
  }

  /** What a partial reads is read where it stands, unless it is given. */
  private readsBy(variable: string, given: readonly string[], scope: Scope): void {
    if (variable.startsWith(ROOT)) this.record(variable.slice(ROOT.length), true);
    else if (!given.includes(variable.split(/[.[]/, 1)[0] ?? '')) this.record(joined(scope.prefix, [variable]), false);
  }

  private record(label: string, fromRoot: boolean): void {
    this.variables.add(fromRoot && this.reading.given !== undefined ? `${ROOT}${label}` : label);
  }

  /** An expression whose value is printed or handed on: paths in it must have one. */
  private expression(node: hbs.AST.Expression, scope: Scope): hbs.AST.Expression {
    if (isLiteral(node)) return node;
    if (is(node, 'PathExpression')) return this.needed(node, this.path(node, scope));
    if (!is(node, 'SubExpression')) return this.refuse(node, `${node.type} is not allowed`) ?? node;
    // It makes HTML, which may stand where it is printed and nowhere else.
    if (node.path.original === 'paragraphs') return this.refuse(node, 'paragraphs can only be printed') ?? node;
    return this.call(node, scope);
  }

  private call(node: hbs.AST.SubExpression, scope: Scope): hbs.AST.Expression {
    if (scope.depth > LIMITS.depth) return this.refuse(node, `more than ${LIMITS.depth} calls inside one another`) ?? node;
    const name = node.path.original;
    const signature = Object.hasOwn(HELPERS, name) ? HELPERS[name] : undefined;
    if (signature === undefined) return this.refuse(node, `helper "${name}" is not known`) ?? node;
    const [least, most] = signature.values;
    if (node.params.length < least) this.refuse(node, `helper "${name}" needs a value`);
    if (node.params.length > most) this.refuse(node, `helper "${name}" takes no more than ${most}`);
    const stray = (node.hash?.pairs ?? []).find(({ key }) => !signature.hash.includes(key));
    if (stray !== undefined) this.refuse(node, `helper "${name}" does not know ${stray.key}=`);
    const items = this.itemNamed(node, scope);
    if (items !== undefined) this.record(items, false);
    node.params = node.params.map((param) => this.expression(param, deeper(scope)));
    this.hash(node.hash, scope, node);
    return node;
  }

  /** `{{list campaigns of="name"}}` reads `campaigns[].name`. */
  private itemNamed({ path, params, hash }: hbs.AST.SubExpression, scope: Scope): string | undefined {
    const of = hash?.pairs.find(({ key }) => key === 'of')?.value;
    const [subject] = params;
    if (path.original !== 'list' || of === undefined || !is(of, 'StringLiteral') || subject === undefined || !is(subject, 'PathExpression')) return undefined;
    const label = labelOf(subject, scope);
    return label === undefined ? undefined : `${label}[].${of.value}`;
  }

  private hash(hash: hbs.AST.Hash | undefined, scope: Scope, node: hbs.AST.Node): void {
    for (const pair of hash?.pairs ?? []) {
      if (FORBIDDEN_NAMES.has(pair.key)) this.refuse(node, `"${pair.key}" is not a name`);
      pair.value = this.expression(pair.value, deeper(scope));
    }
  }

  /** Records a path as a variable. @returns its full name */
  private path(node: hbs.AST.PathExpression, scope: Scope): string | undefined {
    const forbidden = node.parts.find((part) => FORBIDDEN_NAMES.has(part));
    if (forbidden !== undefined) this.refuse(node, `"${forbidden}" is not a variable`);
    const [head = ''] = node.parts;
    if (node.data && !DATA_VARIABLES.includes(head)) this.refuse(node, `"@${head}" is not a variable`);
    const label = labelOf(node, scope);
    // Noticed where it was given: naming it here again would name it by a name its author never wrote.
    if (label === undefined || label === '' || (this.reading.given?.includes(label) === true && !node.data)) return undefined;
    this.record(label, node.data);
    return label;
  }

  private needed(node: hbs.AST.PathExpression, label: string | undefined): hbs.AST.Expression {
    return label === undefined ? node : call(NEED, [node, text(label, node.loc)], node.loc);
  }

  private refuse(node: hbs.AST.Node, problem: string): undefined {
    this.problems.push(at(node.loc.start.line, node.loc.start.column + 1, problem));
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

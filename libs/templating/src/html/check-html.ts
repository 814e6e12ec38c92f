import Handlebars from 'handlebars';
import { is, isPlain } from '../engine/nodes.js';
import { at as place, parse } from '../engine/parse.js';
import { beginning, readOn, type Context, type Observer } from './context.js';
import { aboutAttribute, aboutBeginning, aboutData, aboutElement } from './rules.js';

/**
 * Checks that escaping is enough wherever a template writes data: in text and in quoted attributes, but never in scripts, styles,
 * comments, names or unquoted values, and in addresses only by `{{url …}}`. Also that it brings along nothing that runs.
 *
 * @param source a template that can be read
 * @returns what is wrong, each with its line and column
 */
export function checkHtml(source: string): string[] {
  const parsed = parse(source, Handlebars);
  if ('problem' in parsed) return [parsed.problem];
  const checker = new Checker();
  const end = checker.program(parsed.ast, beginning);
  if (end.state !== 'text') checker.problems.push('the HTML ends inside a tag, a comment or an element of text');
  return [...new Set(checker.problems)];
}

class Checker implements Observer {
  readonly problems: string[] = [];
  private node: hbs.AST.Node | undefined;

  program(program: hbs.AST.Program, from: Context): Context {
    let at = from;
    for (const each of program.body) at = this.statement(each, at);
    return at;
  }

  element(name: string): void {
    this.complain(aboutElement(name));
  }

  attribute(element: string, name: string, value: string, mixed: boolean): void {
    this.complain(aboutAttribute(element, name, value, mixed));
  }

  private statement(node: hbs.AST.Statement, at: Context): Context {
    this.node = node;
    if (is(node, 'ContentStatement')) return readOn(at, node.value, this);
    if (isPlain(node)) return at;
    if (is(node, 'MustacheStatement')) return this.data(node, at);
    if (is(node, 'BlockStatement')) return this.block(node, at);
    if (at.state !== 'text') this.complain('a partial stands between tags only');
    if (is(node, 'PartialBlockStatement') && this.program(node.program, at).state !== 'text') this.complain('what a partial wraps ends outside of tags');
    return at;
  }

  /** Whichever way a block goes, what follows must stand at the same place. */
  private block(node: hbs.AST.BlockStatement, at: Context): Context {
    const ends = [node.program, node.inverse].map((branch) => (branch === undefined ? at : this.program(branch, at)));
    this.node = node;
    const [one = at, other = at] = ends;
    if (!sameplace(one, other)) this.complain('a block ends in another part of the HTML than it began');
    if (one.state !== 'double' && one.state !== 'single') return one;
    const unmixed = [one, other].filter(({ mixed }) => !mixed);
    for (const { attribute, written } of unmixed) if (one.written !== other.written) this.complain(aboutBeginning(attribute, written));
    // What the value begins with is known only as far as both ways agree.
    return { ...one, mixed: unmixed.length === 0, written: one.written === other.written ? one.written : '' };
  }

  private data(node: hbs.AST.MustacheStatement, at: Context): Context {
    const helper = is(node.path, 'PathExpression') ? node.path.original : '';
    if (helper === 'paragraphs' && at.state !== 'text') this.complain('paragraphs stand between tags only');
    switch (at.state) {
      case 'text':
      case 'plain':
        return at;
      case 'double':
      case 'single':
        this.complain(aboutData(at.attribute, at.written, helper, at.mixed));
        return { ...at, mixed: true };
      case 'equals':
      case 'bare':
        this.complain('data in an attribute needs quotes around it');
        return { ...at, state: 'bare', mixed: true };
      case 'raw':
        this.complain(`data cannot stand in <${at.element}>`);
        return at;
      case 'comment':
      case 'markup':
        this.complain('data cannot stand in a comment');
        return at;
      default:
        this.complain('data cannot stand in a tag');
        return at;
    }
  }

  private complain(problem: string | undefined): void {
    const start = this.node?.loc.start;
    if (problem !== undefined) this.problems.push(place(start?.line ?? 1, (start?.column ?? 0) + 1, problem));
  }
}

const sameplace = (one: Context, other: Context): boolean =>
  one.state === other.state && (one.state === 'text' || (one.element === other.element && one.attribute === other.attribute));

import Handlebars from 'handlebars';
import { LIMITS } from './limits.js';

/** What a template cannot be, and where: line and column count from 1. */
export const at = (line: number, column: number, problem: string): string => `line ${line}, column ${column}: ${problem}`;

export type Parsed = { readonly ast: hbs.AST.Program } | { readonly problem: string };

/** Reads a template. What would take too long to read is not read at all. */
export function parse(source: string, handlebars: typeof Handlebars): Parsed {
  if (source.length > LIMITS.source) return { problem: `is longer than ${LIMITS.source} characters` };
  if (count(source, /\{\{/g) > LIMITS.mustaches) return { problem: `has more than ${LIMITS.mustaches} variables and blocks` };
  if (count(source, /\{\{~?\s*(?:[#^]|else\b)|\{\{\{\{/g) > LIMITS.blocks) return { problem: `has more than ${LIMITS.blocks} blocks` };
  if (tags(source).some((tag) => count(tag, /\(/g) > LIMITS.calls)) return { problem: `has more than ${LIMITS.calls} calls inside one another` };
  try {
    return { ast: handlebars.parse(source) };
  } catch (error) {
    return { problem: place(error, handlebars) };
  }
}

const count = (source: string, pattern: RegExp): number => source.match(pattern)?.length ?? 0;

/** What stands between braces; a little more than that where a text has braces of its own. */
const tags = (source: string): string[] => source.split('{{').slice(1).map((part) => (part.includes('}}') ? part.slice(0, part.lastIndexOf('}}')) : part));

interface Lexer {
  readonly yylloc?: { readonly first_line: number; readonly first_column: number };
}

/** Handlebars names the column for some mistakes; for the others its reader stopped there. */
function place(error: unknown, handlebars: typeof Handlebars): string {
  if (!(error instanceof Error)) return at(1, 1, 'cannot be read');
  const { lineNumber, column } = error as { lineNumber?: unknown; column?: unknown };
  const words = worded(error.message);
  if (typeof lineNumber === 'number' && typeof column === 'number') return at(lineNumber, column + 1, words);
  const { lexer } = (handlebars as { Parser?: { lexer?: Lexer } }).Parser ?? {};
  return at(lexer?.yylloc?.first_line ?? 1, (lexer?.yylloc?.first_column ?? 0) + 1, words);
}

/** The reader's message without its drawing of the line and without its own names for the signs. */
function worded(message: string): string {
  const unexpected = /got '([A-Z_]+)'/.exec(message)?.[1];
  if (unexpected === 'EOF') return 'the text ends before a block or a variable is closed';
  if (unexpected !== undefined) return `unexpected ${TOKENS[unexpected] ?? unexpected.toLowerCase().replaceAll('_', ' ')}`;
  if (message.startsWith('Lexical error')) return 'something here cannot be read';
  return (message.split('\n')[0] ?? 'cannot be read').replace(/ - \d+:\d+$/, '');
}

const TOKENS: Readonly<Record<string, string>> = {
  CLOSE: '}}', OPEN: '{{', OPEN_BLOCK: '{{#', OPEN_ENDBLOCK: '{{/', INVERSE: '{{else}}', OPEN_INVERSE_CHAIN: '{{else …}}', OPEN_INVERSE: '{{^', CLOSE_SEXPR: ')', OPEN_SEXPR: '(', EQUALS: '=',
  OPEN_PARTIAL: '{{>', CLOSE_UNESCAPED: '}}}', OPEN_UNESCAPED: '{{{', INVALID: 'sign', CONTENT: 'text',
};

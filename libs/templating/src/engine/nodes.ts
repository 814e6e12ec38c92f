type Ast = {
  ContentStatement: hbs.AST.ContentStatement;
  MustacheStatement: hbs.AST.MustacheStatement;
  BlockStatement: hbs.AST.BlockStatement;
  PartialStatement: hbs.AST.PartialStatement;
  PartialBlockStatement: hbs.AST.PartialBlockStatement;
  PathExpression: hbs.AST.PathExpression;
  SubExpression: hbs.AST.SubExpression;
  StringLiteral: hbs.AST.StringLiteral;
};

/** Whether a node is of this type. */
export const is = <K extends keyof Ast>(node: hbs.AST.Node, type: K): node is Ast[K] => node.type === type;

const PLAIN = new Set(['ContentStatement', 'CommentStatement']);
const LITERALS = new Set(['StringLiteral', 'NumberLiteral', 'BooleanLiteral', 'NullLiteral', 'UndefinedLiteral']);

export const isPlain = (node: hbs.AST.Node): boolean => PLAIN.has(node.type);
export const isLiteral = (node: hbs.AST.Node): boolean => LITERALS.has(node.type);

/** A call of a helper by name. */
export function call(name: string, params: hbs.AST.Expression[], loc: hbs.AST.SourceLocation, hash?: hbs.AST.Hash): hbs.AST.SubExpression {
  const path: hbs.AST.PathExpression = { type: 'PathExpression', data: false, depth: 0, parts: [name], original: name, loc };
  return { type: 'SubExpression', path, params, hash: hash ?? { type: 'Hash', pairs: [], loc }, loc };
}

/** A call of a helper, standing by itself. */
export function statement(name: string, params: hbs.AST.Expression[], loc: hbs.AST.SourceLocation): hbs.AST.MustacheStatement {
  const { path, hash } = call(name, params, loc);
  return { type: 'MustacheStatement', path, params, hash, escaped: false, strip: { open: false, close: false }, loc };
}

/** A text in the tree. */
export const text = (value: string, loc: hbs.AST.SourceLocation): hbs.AST.StringLiteral => ({ type: 'StringLiteral', value, original: value, loc });

/** A number in the tree. */
export const number = (value: number, loc: hbs.AST.SourceLocation): hbs.AST.NumberLiteral => ({ type: 'NumberLiteral', value, original: value, loc });

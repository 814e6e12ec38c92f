import { inSources } from '../stack-traces/in-sources.js';

/**
 * What of an error may be logged: type, code, message, frames, cause. Other properties are left out, as drivers put whole rows there.
 * A database error's message holds the statement with its values, so it is replaced by state and constraint.
 */
export function describeError(error: Error): Record<string, unknown> {
  const code = textOf(error, 'code');
  return {
    type: error.constructor.name || error.name,
    code,
    message: code !== undefined && isDatabaseError(error, code) ? databaseMessage(error, code) : error.message,
    // The message stands at the head of the stack; only the frames are taken.
    stack: error.stack && inSources(error.stack.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 20).join('\n')),
    cause: error.cause instanceof Error ? error.cause : undefined,
    errors: error instanceof AggregateError ? error.errors.filter((each) => each instanceof Error) : undefined,
  };
}

/** Five capitals or digits are an SQLSTATE; EPIPE and the like are no such states, but have no severity or statement either. */
function isDatabaseError(error: Error, code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && ('severity' in error || /Exception$|DatabaseError$/.test(error.constructor.name));
}

function databaseMessage(error: Error, code: string): string {
  const [table, constraint] = [textOf(error, 'table'), textOf(error, 'constraint')];
  return ['database error', code, table && `table ${table}`, constraint && `constraint ${constraint}`].filter(Boolean).join(' ');
}

function textOf(error: Error, property: string): string | undefined {
  const value: unknown = Reflect.get(error, property);
  return typeof value === 'string' ? value : undefined;
}

import { z } from 'zod';

type Issue = Parameters<NonNullable<NonNullable<Parameters<typeof z.config>[0]>['customError']>>[0];

/**
 * Makes zod say what to give instead of what was wrong, wherever a schema has no words of its own. It is a setting of the whole
 * process: zod knows no other.
 */
export function useOurWords(): void {
  z.config({ customError: whatToGive });
}

/** One sentence for each kind of issue; undefined leaves zod's own. */
export function whatToGive(issue: Issue): string | undefined {
  const words = wordsFor(issue);
  return words !== undefined && issue.input === undefined && isAboutAbsence(issue) ? `This is needed. ${words}` : words;
}

function wordsFor(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `Give ${types[issue.expected] ?? 'another kind of value'}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_format':
      return format(issue.format, issue.pattern);
    case 'too_small':
      return `Give ${amount(issue.origin, issue.minimum, issue.inclusive === false ? 'more than' : 'at least')}`;
    case 'too_big':
      return `Give ${amount(issue.origin, issue.maximum, issue.inclusive === false ? 'less than' : 'at most')}`;
    case 'not_multiple_of':
      return `Give a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return 'There is no such field';
    case 'invalid_key':
      return `Give it another name: ${messagesOf(issue.issues)}`;
    case 'invalid_union':
      return union(issue);
    default:
      return undefined;
  }
}

const types: Partial<Record<string, string>> = {
  string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', object: 'an object', record: 'an object', array: 'a list', null: 'null', date: 'a date',
};

function oneOf(values: readonly unknown[]): string {
  const named = values.map(String);
  return named.length === 1 ? `Give ${named[0]}` : `Give one of: ${named.join(', ')}`;
}

const formats: Partial<Record<string, string>> = {
  uuid: 'an id, such as 0190c2a4-5b6e-7d11-8a3f-2f6d1f0f9b21',
  email: 'a mail address, such as mia@example.com',
  url: 'a web address, such as https://example.com/page',
  date: 'a date that exists, such as 2026-05-01',
  time: 'a time of the day, such as 09:00',
};

function format(name: string, pattern: string | undefined): string {
  if (name === 'datetime') {
    const zones = pattern?.includes('[+-]') ? ' or 2026-05-01T11:00:00+02:00' : '';
    return `Give an instant with its zone${zones === '' ? ', in UTC' : ''}, such as 2026-05-01T09:00:00Z${zones}`;
  }
  return `Give ${formats[name] ?? (pattern === undefined ? `a valid ${name}` : `a text that fits ${pattern}`)}`;
}

function amount(of: string, bound: unknown, than: string): string {
  const one = Number(bound) === 1;
  switch (of) {
    case 'string':
      return one && than === 'at least' ? 'a text that is not empty' : `a text of ${than} ${String(bound)} ${one ? 'character' : 'characters'}`;
    case 'array':
    case 'set':
      return `a list of ${than} ${String(bound)} ${one ? 'entry' : 'entries'}`;
    case 'int':
      return `a whole number of ${than} ${String(bound)}`;
    default:
      return `a number of ${than} ${String(bound)}`;
  }
}

/** What each alternative asks for. */
function union(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  if ('options' in issue && Array.isArray(issue.options)) return oneOf(issue.options);
  const each = (issue.errors ?? []).map((branch) => branch.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message)).join(', '));
  return [...new Set(each)].filter((words) => words !== '').join('; or ') || 'Give another value';
}

const messagesOf = (issues: readonly { message: string }[]): string => issues.map(({ message }) => message).join(', ');

const isAboutAbsence = ({ code }: Issue): boolean => code === 'invalid_type' || code === 'invalid_value';

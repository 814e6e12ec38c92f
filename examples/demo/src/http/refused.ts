/** What the API answers when it refuses (RFC 9457). Programs decide by `code`; the other members depend on it. */
export interface Problem {
  code: string;
  status: number;
  title: string;
  detail: string;
  requestId?: string;
  [member: string]: unknown;
}

/** A request was refused, with everything the API said about why. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(asked: string, problem: Problem) {
    super(`${asked} was refused with ${problem.status} ${problem.code}: ${problem.detail}${members(problem)}`);
    this.problem = problem;
  }
}

const standard = ['type', 'title', 'status', 'code', 'detail', 'instance', 'requestId'];

function members(problem: Problem): string {
  const own = Object.entries(problem).filter(([name]) => !standard.includes(name));
  return own.length === 0 ? '' : ` ${JSON.stringify(Object.fromEntries(own))}`;
}

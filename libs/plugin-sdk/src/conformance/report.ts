import { stripVTControlCharacters } from 'node:util';
import type { CheckResult, Verification } from './verification.js';

const marks = { passed: '✓', failed: '✗', 'not applicable': '–' } as const;

/** The report for people: a line per check, and what is wrong below it. */
export function report(verification: Verification): string {
  const width = Math.max(...verification.checks.map(({ name }) => name.length));
  const { passed, failed, notApplicable } = verification;
  return [
    verification.package,
    '',
    ...verification.checks.flatMap((check) => lines(check, width)),
    '',
    `${passed} passed, ${failed} failed, ${notApplicable} not applicable`,
  ].join('\n');
}

function lines({ name, title, result, detail, ms }: CheckResult, width: number): string[] {
  const slow = ms >= 1_000 ? `  (${(ms / 1_000).toFixed(1)} s)` : '';
  const head = `  ${marks[result]} ${name.padEnd(width)}  ${title}${slow}`;
  if (detail === undefined) return [head];
  const label = result === 'failed' ? '' : 'not applicable: ';
  return [head, `    ${' '.repeat(width)}  ${label}${printable(detail)}`];
}

/** What a plugin made up shall not play with the terminal. */
const printable = (text: string): string => stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '�');

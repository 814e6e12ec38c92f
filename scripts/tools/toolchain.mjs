import { execFileSync } from 'node:child_process';
import { StepFailed } from '../lib/run.mjs';
import { which } from '../lib/which.mjs';
import { findTemporalCli } from './temporal-cli.mjs';
import { findImapServer } from './imap-server.mjs';
import { findTestServer } from './test-server.mjs';

/**
 * Looks for everything the next steps need and names all that is missing at once, with what to do.
 * @throws StepFailed
 */
export function checkToolchain({ tests }) {
  const problems = [
    ...nodeProblems(),
    ...missing('npm', 'install npm (it comes with Node)'),
    ...temporalProblems(tests),
    ...(tests && !(findTestServer() && findImapServer()) ? [...missing('java', 'install a JDK, 11 or newer'), ...missing('mvn', 'install Maven')] : []),
  ];
  if (problems.length) throw new StepFailed(problems.join('\n'));
  return `Node ${process.versions.node}`;
}

function nodeProblems() {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= 20 ? [] : [`Node ${process.versions.node} is too old\n  → install Node 20 or newer`];
}

function temporalProblems(tests) {
  if (findTemporalCli() || (!tests && process.env.TEMPORAL_ADDRESS)) return [];
  const problems = missing('go', 'install Go 1.23 or newer, or put the program `temporal` on PATH, or set TEMPORAL_ADDRESS');
  if (problems.length) return problems;
  const [, minor] = /go1\.(\d+)/.exec(execFileSync('go', ['version']).toString()) ?? [];
  return minor && Number(minor) < 21 ? [`Go 1.${minor} is too old\n  → install Go 1.23 or newer`] : [];
}

function missing(program, hint) {
  return which(program) ? [] : [`${program} is not on PATH\n  → ${hint}`];
}

import { spawn } from 'node:child_process';

/** A step that did not work, with what the person can do. Shown without a stack. */
export class StepFailed extends Error {
  constructor(message, hint) {
    super(hint ? `${message}\n  → ${hint}` : message);
  }
}

const KEPT = 60; // lines of output shown when a quiet command fails

/**
 * Runs a command to its end. Quiet ones show their output only when they fail.
 * @throws StepFailed when it cannot be started or ends with another code than 0.
 */
export function run(command, args, { cwd, env, quiet = true } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { cwd, env, stdio });
    const output = [];
    const keep = (chunk) => {
      output.push(chunk.toString());
      if (output.length > 2000) output.splice(0, 1000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => reject(new StepFailed(`${command} could not be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output.join(''));
      const tail = output.join('').trimEnd().split('\n').slice(-KEPT).join('\n');
      reject(new StepFailed(`${[command, ...args].join(' ')} ended with ${signal ?? code}${tail ? `:\n${tail}` : ''}`));
    });
  });
}

const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`;
const terminal = process.stdout.isTTY;

/** Steps now running, by title, with when they began. Several may run side by side. */
const running = new Map();
let timer;

function status() {
  return [...running].map(([title, since]) => `${title} (${seconds(since)})`).join(' · ');
}

function show() {
  if (terminal) process.stdout.write(`\r\x1b[K  … ${status().slice(0, (process.stdout.columns ?? 80) - 5)}`);
  else console.log(`  … ${status()}`);
}

function say(line) {
  if (terminal) process.stdout.write('\r\x1b[K');
  console.log(line);
  if (terminal && running.size) show();
}

/**
 * Runs one step and shows that it is running and for how long: in place on a terminal, a line every 20 seconds
 * elsewhere (in a CI log). What the step gives back, if it is text, is shown behind its title.
 * A failure is told at once, unless `quiet`.
 */
export async function step(title, work, { quiet = false } = {}) {
  const since = Date.now();
  running.set(title, since);
  timer ??= setInterval(show, terminal ? 1000 : 20_000);
  if (terminal) show();
  try {
    const result = await work();
    running.delete(title);
    say(`  ✓ ${title}${typeof result === 'string' ? `: ${result}` : ''} (${seconds(since)})`);
    return result;
  } catch (error) {
    running.delete(title);
    say(`  ✗ ${title} (${seconds(since)})`);
    // Told at once: other steps may go on for minutes beside this one.
    if (isKnown(error) && !quiet) {
      say(`\n${error.message}\n`);
      error.told = true;
    }
    throw error;
  } finally {
    if (!running.size) {
      clearInterval(timer);
      timer = undefined;
    }
  }
}

const isKnown = (error) => error?.constructor?.name === 'StepFailed';

/** Ends the script with a message instead of a stack when a step failed; anything else is a bug and shows its stack. */
export function fail(error) {
  if (!error?.told) console.error(`\n${isKnown(error) ? error.message : (error?.stack ?? error)}\n`);
  process.exit(1);
}

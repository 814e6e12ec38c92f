const startedAt = Date.now()
const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`

/**
 * Runs one step and shows that it is running and for how long: in place on a terminal, a line every 20 seconds
 * elsewhere (in a CI log). Steps that are done at once say nothing more than their name.
 */
export async function step(title, work) {
  const since = Date.now()
  const terminal = process.stdout.isTTY
  const show = () => process.stdout.write(terminal ? `\r\x1b[K  … ${title} (${seconds(since)})` : `  … ${title} (${seconds(since)})\n`)
  if (terminal) show()
  const timer = setInterval(show, terminal ? 1000 : 20_000)
  const clear = () => {
    clearInterval(timer)
    if (terminal) process.stdout.write('\r\x1b[K')
  }
  try {
    const result = await work()
    clear()
    process.stdout.write(`  ✓ ${title}${typeof result === 'string' ? `: ${result}` : ''} (${seconds(since)})\n`)
    return result
  } catch (error) {
    clear()
    process.stdout.write(`  ✗ ${title} (${seconds(since)})\n`)
    throw error
  }
}

/** Seconds since the script began. */
export const elapsed = () => seconds(startedAt)

/** Ends the script with a message instead of a stack when a step failed; anything else is a bug and shows its stack. */
export function fail(error) {
  const known = error?.constructor?.name === 'StepFailed'
  console.error(`\n${known ? error.message : (error?.stack ?? error)}\n`)
  process.exit(1)
}

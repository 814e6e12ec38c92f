/** The command cannot be carried out as given; its message says why. */
export class UsageError extends Error {}

/** What `--help` prints. */
export const usage = `sevenfold-verify [package]

Verifies a channel plugin for Sevenfold against a fake of its provider.

  package            its name as installed here, or its folder; this folder unless told
  --harness <file>   the module that describes the provider; else "sevenfold": {"verify": …} of its
                     package.json, sevenfold.verify.{js,mjs,ts} or verify/harness.{js,mjs,ts}
  --only <names>     only checks whose names begin so, between commas: send,receive.signature
  --list             the names of all checks
  --json             the report for programs
  --help

Exit code 0: all passed. 1: something failed. 2: it could not be verified.`;

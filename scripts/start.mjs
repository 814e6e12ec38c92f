import { join } from 'node:path';
import { handOver } from './lib/hand-over.mjs';
import { root } from './lib/paths.mjs';
import { fail } from './lib/progress.mjs';
import { setup } from './setup.mjs';

/*
 * npm start [-- --reset]
 * Sets up whatever is missing and runs the whole product until Ctrl-C. `--reset` forgets all data first.
 */
setup()
  .then(() => handOver(join(root, 'libs/testing/dist/launcher/main.js'), process.argv.slice(2)))
  .then((code) => process.exit(code), fail);

import { fail, step } from './lib/progress.mjs';
import { build } from './tools/build.mjs';

step('Build', () => build({ quiet: true })).catch(fail);

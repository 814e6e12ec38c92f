import { bundle } from './bundle/bundle.mjs';
import { apps } from './tools/apps.mjs';

/* npm run bundle [-- app …]: puts compiled applications together as they are started. Part of `npm run build`. */
const asked = process.argv.slice(2);
for (const app of asked.length > 0 ? asked : apps) await bundle(app);

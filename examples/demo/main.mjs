/*
 * Plays a seven-day campaign over the REST API of a running Sevenfold; `npm run demo` starts it.
 *   API_URL          where the API listens, as in http://127.0.0.1:3000
 *   SEVENFOLD_TOKEN  a token with the scope `operator`, to open a workspace for this run
 * Node 24 reads the TypeScript as it is; nothing is built.
 */
import { play } from './src/play.ts';

process.exitCode = await play(process.env);

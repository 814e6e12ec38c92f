import { pathToFileURL } from 'node:url';
import { fail } from '../lib/progress.mjs';
import { mavenProgram } from './maven-program.mjs';

const version = '1.31.0';
const server = mavenProgram({
  name: 'temporal-test-server',
  version,
  dependencies: [['io.temporal', 'temporal-test-server', version], ['org.slf4j', 'slf4j-nop', '1.7.36']],
  // Short-lived servers, one per scenario: start quickly, stay small.
  wrapper: 'exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx384m -cp "$here/lib/*" io.temporal.testserver.TestServer "$@"',
});

/** The test server that is in the cache already, or undefined. */
export const findTestServer = server.find;

/** Path of the time-skipping Temporal test server; fetched by Maven into the cache when it is not there. */
export const ensureTestServer = server.ensure;

// As a program it prints the path, for callers that are not scripts.
if (import.meta.url === pathToFileURL(process.argv[1]).href) ensureTestServer().then(console.log, fail);

import { pathToFileURL } from 'node:url';
import { fail } from '../lib/progress.mjs';
import { mavenProgram } from './maven-program.mjs';

const version = '2.1.3';
const server = mavenProgram({
  name: 'greenmail',
  version,
  dependencies: [['com.icegreen', 'greenmail-standalone', version]],
  // Its settings are system properties.
  wrapper: 'exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx256m "$@" -cp "$here/lib/*" com.icegreen.greenmail.standalone.GreenMailStandaloneRunner',
});

/** The IMAP server that is in the cache already, or undefined. */
export const findImapServer = server.find;

/** Path of GreenMail, the IMAP server the tests read mail from; fetched by Maven into the cache when it is not there. */
export const ensureImapServer = server.ensure;

// As a program it prints the path, for callers that are not scripts.
if (import.meta.url === pathToFileURL(process.argv[1]).href) ensureImapServer().then(console.log, fail);

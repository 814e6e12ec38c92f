import { chmod, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheDir } from '../lib/paths.mjs';
import { fail } from '../lib/progress.mjs';
import { run, StepFailed } from '../lib/run.mjs';
import { isProgram, which } from '../lib/which.mjs';

const VERSION = '1.31.0';
const folder = join(cacheDir, `temporal-test-server-${VERSION}`);
const program = join(folder, 'temporal-test-server');

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>sevenfold</groupId><artifactId>test-server</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

// Short-lived servers, one per scenario: start quickly, stay small. The folder is the script's own, wherever it lies.
const wrapper = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx384m -cp "$here/lib/*" io.temporal.testserver.TestServer "$@"
`;

/** The test server that is in the cache already, or undefined. */
export function findTestServer() {
  return isProgram(program) ? program : undefined;
}

/** Path of the time-skipping Temporal test server; fetched by Maven into the cache when it is not there. */
export async function ensureTestServer() {
  if (isProgram(program)) return program;
  for (const needed of ['java', 'mvn']) {
    if (!which(needed)) throw new StepFailed(`the tests need ${needed}, which is not on PATH`, 'install a JDK (≥ 11) and Maven');
  }
  const workshop = `${folder}.${process.pid}`;
  await rm(workshop, { recursive: true, force: true });
  await mkdir(workshop, { recursive: true });
  try {
    await writeFile(join(workshop, 'pom.xml'), pom);
    const args = ['-B', '-q', 'dependency:copy-dependencies', '-DoutputDirectory=lib', '-DincludeScope=runtime'];
    await run('mvn', args, { cwd: workshop });
    await writeFile(join(workshop, 'temporal-test-server'), wrapper);
    await chmod(join(workshop, 'temporal-test-server'), 0o755);
    await rename(workshop, folder).catch((error) => takenBefore(error));
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return program;
}

async function takenBefore(error) {
  if (!(await stat(program).catch(() => undefined))) throw error;
}

// As a program it prints the path, for callers that are not scripts.
if (import.meta.url === pathToFileURL(process.argv[1]).href) ensureTestServer().then(console.log, fail);

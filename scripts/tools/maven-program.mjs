import { chmod, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from '../lib/paths.mjs';
import { run, StepFailed } from '../lib/run.mjs';
import { isProgram, which } from '../lib/which.mjs';

/**
 * A Java program out of Maven's packages, started by a script of its own in the cache.
 * @param {{ name: string, version: string, dependencies: string[][], wrapper: string }} what each dependency as [group,
 * artifact, version]; in the wrapper `$here` is the folder whose `lib` has the jars
 */
export function mavenProgram({ name, version, dependencies, wrapper }) {
  const folder = join(cacheDir, `${name}-${version}`);
  const program = join(folder, name);
  return {
    /** Its path when it is in the cache already, or undefined. */
    find: () => (isProgram(program) ? program : undefined),
    /** Its path; fetched by Maven into the cache when it is not there. */
    ensure: async () => {
      if (!isProgram(program)) await fetchInto(folder, { name, dependencies, wrapper });
      return program;
    },
  };
}

async function fetchInto(folder, { name, dependencies, wrapper }) {
  for (const needed of ['java', 'mvn']) {
    if (!which(needed)) throw new StepFailed(`the tests need ${needed}, which is not on PATH`, 'install a JDK (≥ 11) and Maven');
  }
  const workshop = `${folder}.${process.pid}`;
  await rm(workshop, { recursive: true, force: true });
  await mkdir(workshop, { recursive: true });
  try {
    await writeFile(join(workshop, 'pom.xml'), pom(name, dependencies));
    const args = ['-B', '-q', 'dependency:copy-dependencies', '-DoutputDirectory=lib', '-DincludeScope=runtime'];
    await run('mvn', args, { cwd: workshop });
    await writeFile(join(workshop, name), `#!/bin/sh\nhere=$(cd "$(dirname "$0")" && pwd)\n${wrapper}\n`);
    await chmod(join(workshop, name), 0o755);
    await rename(workshop, folder).catch((error) => takenBefore(error, join(folder, name)));
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

const pom = (name, dependencies) => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>sevenfold</groupId><artifactId>${name}</artifactId><version>1</version>
  <dependencies>
${dependencies.map(([group, artifact, version]) => `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`).join('\n')}
  </dependencies>
</project>
`;

async function takenBefore(error, program) {
  if (!(await stat(program).catch(() => undefined))) throw error;
}

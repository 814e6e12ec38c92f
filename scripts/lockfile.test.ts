import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

interface Entry {
  optional?: boolean;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const { packages }: { packages: Record<string, Entry> } = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'));

test('the lockfile names the builds for every system, so that `npm ci` takes it wherever', () => {
  const optional = new Set(Object.entries(packages).filter(([, each]) => each.optional).flatMap(([path]) => path.split('node_modules/').slice(-1)));
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
  // A registry that lacks some of them leaves them out: add them by hand, with the version their package asks for and their system.
  expect(wanted.filter((name) => !optional.has(name) && packages[`node_modules/${name}`] === undefined)).toEqual([]);
});

test('the lockfile names no registry', () => {
  expect(Object.values(packages).flatMap(({ resolved = '' }) => (/^https?:/.test(resolved) ? [resolved] : []))).toEqual([]);
});

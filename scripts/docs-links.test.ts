import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { foldersOf, headingsOf, isThere, linksIn, pathsIn, routesIn } from './docs/paths.js';

const root = resolve(import.meta.dirname, '..');
const below = (folder: string): string[] =>
  readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);
const { paths }: { paths: Record<string, Record<string, object>> } = JSON.parse(readFileSync(resolve(root, 'openapi.json'), 'utf8'));
const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...below('docs').filter((name) => name.endsWith('.md'))];

describe.each(pages)('%s', (page) => {
  const text = readFileSync(resolve(root, page), 'utf8');

  test('every relative link leads somewhere', () => {
    const broken = linksIn(text).filter((link) => {
      const [path = '', heading] = link.split('#');
      const target = path === '' ? resolve(root, page) : resolve(root, dirname(page), path);
      if (!isThere(relative(root, target), root)) return true;
      return heading !== undefined && !headingsOf(readFileSync(target, 'utf8')).includes(heading);
    });
    expect(broken).toEqual([]);
  });

  test('every path of the repository is there', () => {
    expect(pathsIn(text).filter((path) => !isThere(path, root))).toEqual([]);
  });

  test('every route is one of the API', () => {
    expect(routesIn(text).filter(({ method, path }) => !paths[path]?.[method])).toEqual([]);
  });
});

test('ARCHITECTURE.md has a line for every folder', () => {
  const patterns = ['apps/*', 'libs/*', 'plugins/*', 'scripts/*', 'examples/*', '{apps,libs,examples}/*/src/*', 'docs/*'];
  const folders = patterns.flatMap((pattern) => foldersOf(pattern, root));
  const text = readFileSync(resolve(root, 'ARCHITECTURE.md'), 'utf8');
  expect(folders.filter((folder) => !text.includes(`\`${folder}\``))).toEqual([]);
});

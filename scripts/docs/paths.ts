import { existsSync, globSync, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

const topFolders = ['apps', 'libs', 'plugins', 'scripts', 'examples', 'bench', 'docs', '.ci'];

/** The targets of Markdown links within the repository, with the heading if one is named. */
export function linksIn(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '').filter((link) => !/^[a-z]+:/.test(link));
}

/** What stands in backticks and begins with a folder at the top. `{a,b}` and `*` are patterns; `x/` or `…` in place of a name is not checked. */
export function pathsIn(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)]
    .map((match) => match[1] ?? '')
    .filter((each) => topFolders.some((folder) => each.startsWith(`${folder}/`)) && !/[\s…<>]/.test(each));
}

/** Whether a file, a folder, or something a pattern fits is there. */
export function isThere(path: string, root: string): boolean {
  if (!/[{*]/.test(path)) return existsSync(resolve(root, path));
  return globSync(path, { cwd: root, exclude: (name) => name.includes('node_modules') }).length > 0;
}

/** The routes named in backticks with their method, such as `GET /v1/threads`. */
export function routesIn(text: string): { method: string; path: string }[] {
  return [...withoutBlocks(text).matchAll(/`(GET|POST|PUT|PATCH|DELETE) (\/v1\/[^`\s?]+)/g)].map(([, method = '', path = '']) => ({ method: method.toLowerCase(), path }));
}

/** The folders a pattern fits, relative to `root`, without empty ones and what is not ours. */
export function foldersOf(pattern: string, root: string): string[] {
  return globSync(pattern, { cwd: root, exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name) }).filter((path) => {
    const full = resolve(root, path);
    return statSync(full).isDirectory() && readdirSync(full).length > 0;
  });
}

/** The names by which headings are linked to. */
export function headingsOf(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? '').toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-'),
  );
}

function withoutBlocks(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '');
}

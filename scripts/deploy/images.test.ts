import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { workerNodeOptions } from '../../libs/testing/src/launcher/apps.js';
import { inherited, stagesOf } from './dockerfile.js';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'Dockerfile'), 'utf8');
const stages = stagesOf(text);
const targets = ['api', 'worker', 'slackbot', 'migrate'] as const;
const runOf = (name: string) => stages.find((stage) => stage.name === name)?.instructions ?? [];

describe('the images', () => {
  test('every COPY takes something that is there', () => {
    for (const { instructions } of stages) {
      for (const { argument } of instructions.filter(({ name }) => name === 'COPY')) {
        const from = /--from=(\S+)/.exec(argument)?.[1];
        if (from) expect(stages.map(({ name }) => name)).toContain(from);
        else for (const source of argument.split(/\s+/).slice(0, -1)) expect(existsSync(join(root, source))).toBe(true);
      }
    }
    // What the build stage sets aside; `dist` is made by the build itself.
    const kept = runOf('build').flatMap(({ argument }) => [...argument.matchAll(/cp --parents -r ([^&]*) \/out/g)]).flatMap(([, files = '']) => files.trim().split(/\s+/));
    expect(kept.length).toBeGreaterThan(8);
    for (const source of kept) expect([source, globSync(source.replace(/\/dist$/, ''), { cwd: root }).length > 0]).toEqual([source, true]);
  });

  test('the build context holds what the build needs, and no secrets', () => {
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n').filter(Boolean);
    expect(ignored).toEqual(expect.arrayContaining(['.env', '.git', '.sevenfold', '**/node_modules', '**/dist']));
    for (const needed of ['package-lock.json', '.npmrc', 'scripts', 'deploy', 'libs', 'plugins', 'apps', 'nest-cli.json']) expect(ignored).not.toContain(needed);
  });

  test.each(targets)('%s: small base, not root, signals passed on, one process as an array', (target) => {
    const stage = stages.find(({ name }) => name === target);
    const all = stage ? inherited(stage, stages) : [];
    const last = (name: string) => all.findLast((each) => each.name === name)?.argument ?? '';
    expect(text).toContain('ARG NODE=node:24-bookworm-slim');
    expect(last('USER')).toBe('node');
    expect(last('ENTRYPOINT')).toBe('["tini", "--"]');
    expect(last('STOPSIGNAL')).toBe('SIGTERM');
    const command = JSON.parse(last('CMD')) as string[];
    expect(command[0]).toBe('node');
    const main = command.at(-1) ?? '';
    expect(existsSync(join(root, main.replace('dist/bundle/', 'src/').replace(/main\.js$/, 'main.ts')))).toBe(true);
    // Nothing is installed as root after the user was chosen.
    const own = stage?.instructions.map(({ name }) => name) ?? [];
    expect(own.slice(own.indexOf('USER'))).not.toContain('RUN');
  });

  test.each(['api', 'worker', 'slackbot'] as const)('%s says by a script of ours whether it lives', (target) => {
    const check = runOf(target).find(({ name }) => name === 'HEALTHCHECK')?.argument ?? '';
    const [node, file = '', variable, port] = JSON.parse(/CMD (\[.*\])/.exec(check)?.[1] ?? '[]') as string[];
    expect(node).toBe('node');
    expect(existsSync(join(root, file))).toBe(true);
    expect([variable, port]).toEqual({ api: ['API_PORT', '3000'], worker: ['HEALTH_PORT', '3002'], slackbot: ['HEALTH_PORT', '3003'] }[target]);
    expect(runOf(target).find(({ name }) => name === 'EXPOSE')?.argument.split(' ')).toContain(port);
  });

  test('the worker’s heap is bounded, and so it is where the launcher starts it', () => {
    const [own] = runOf('worker').filter(({ name, argument }) => name === 'ENV' && argument.startsWith('NODE_OPTIONS='));
    expect(own?.argument).toBe(`NODE_OPTIONS=${workerNodeOptions}`);
  });

  test('what is written follows the common rules', () => {
    for (const { from, instructions } of stages) {
      expect(from).not.toMatch(/:latest$|^[^:]*\/[^:]*$/);
      for (const { name, argument } of instructions) {
        expect(name).not.toMatch(/^(ADD|MAINTAINER)$/);
        if (name === 'WORKDIR') expect(argument).toMatch(/^\//);
        if (!argument.includes('apt-get')) continue;
        expect(argument).toMatch(/apt-get update .*apt-get install -y --no-install-recommends .*rm -rf \/var\/lib\/apt\/lists/);
      }
    }
    expect(text).not.toMatch(/sudo|curl|wget|chmod 777/);
  });
});

import { configProblems } from '../../manifest/config-problems.js';
import type { Check } from '../kit/check.js';
import { whereOf } from '../kit/stage.js';
import type { Subject } from '../kit/subject.js';
import { applicable, expect, shown } from '../kit/verdict.js';

const WRONG = 'wr0ng-canary ?!';

/** What a wrong configuration is told. */
export const configChecks: readonly Check[] = [
  {
    name: 'config.names-variable',
    title: 'A missing or wrong variable is refused by its name, with what to do about it',
    run: async (subject) => {
      const refused = await refusedOnce(subject);
      for (const { variable, problems } of refused) {
        const own = problems.find(({ path }) => path === variable);
        expect(own !== undefined, `${variable} is missing or wrong, but the refusal names ${shown(problems.map(({ path }) => path))}`);
        expect(own.help !== undefined || !/^(invalid|required)/i.test(own.message), `${variable}: ${shown(own.message)} says no fix; give it .describe('…') or a message of your own`);
      }
    },
  },
  {
    name: 'secrets.config',
    title: 'A refused configuration quotes no value',
    run: async (subject) => {
      const env = await envOf(subject);
      const values = [WRONG, ...subject.harness.secrets.map((name) => env[name] ?? '')].filter((value) => value.length > 3);
      for (const { variable, problems } of await refusedOnce(subject)) {
        const told = problems.map(({ message, help }) => `${message} ${help ?? ''}`).join(' ');
        expect(!values.some((value) => told.includes(value)), `the refusal of ${variable} quotes a value`);
      }
    },
  },
];

const envOf = async (subject: Subject) => subject.harness.env(await whereOf(undefined, 1_000));

/** Every variable left out, or nonsense, one at a time: what is refused then. */
async function refusedOnce(subject: Subject) {
  const env = await envOf(subject);
  applicable(Object.keys(env).length > 0, 'it has no variables');
  const broken = Object.keys(env).flatMap((variable) => {
    const { [variable]: _left, ...rest } = env;
    return [{ variable, env: rest }, { variable, env: { ...env, [variable]: WRONG } }];
  });
  return broken.flatMap(({ variable, env: without }) => {
    const result = subject.manifest.config.safeParse(without);
    return result.success ? [] : [{ variable, problems: configProblems(subject.manifest.config, result.error) }];
  });
}

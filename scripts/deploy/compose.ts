import { parse } from 'yaml';

/** The parts of docker-compose.yml that the tests look at. */
export interface Service {
  image?: string;
  build?: { context: string; target: string };
  command?: string[];
  environment?: Record<string, string | number>;
  env_file?: string | string[];
  volumes?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }> | string[];
  ports?: string[];
  stop_grace_period?: string;
}

/** Reads a compose file as Compose does with these variables: `${X}`, `${X:-default}`, `${X:?}`. Throws when a needed one is missing. */
export function composeOf(text: string, env: Readonly<Record<string, string>>): Record<string, Service> {
  const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
  return filled(services, env) as Record<string, Service>;
}

/** Values are filled in after parsing, as Compose does: what is in a variable is never YAML. */
function filled(value: unknown, env: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((each) => filled(each, env));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, env)]));
  if (typeof value !== 'string') return value;
  return value.replace(/(?<!\$)\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind: string | undefined, rest: string) => {
    const given = env[name];
    if (given) return given;
    if (kind === '?') throw new Error(`${name} is not set`);
    return kind === '-' ? rest : '';
  });
}

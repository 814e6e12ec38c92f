import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout: this file is libs/testing/(src|dist)/launcher/places. */
export const root = resolve(fileURLToPath(new URL('../../../..', import.meta.url)));

/** Where one running product keeps everything; SEVENFOLD_HOME moves it. */
export interface Places {
  home: string;
  data: string;
  postgres: string;
  temporal: string;
  mail: string;
  logs: string;
  secrets: string;
  /** Says which launcher runs here, if any. */
  runFile: string;
}

/** The folders and files below `home`, `.sevenfold` of the checkout unless told. */
export function placesOf(env: NodeJS.ProcessEnv): Places {
  const home = resolve(root, env.SEVENFOLD_HOME?.trim() || '.sevenfold');
  const data = join(home, 'data');
  return {
    home,
    data,
    postgres: join(data, 'postgres'),
    temporal: join(data, 'temporal.db'),
    mail: join(data, 'mail'),
    logs: join(home, 'logs'),
    secrets: join(home, 'secrets.json'),
    runFile: join(home, 'running.json'),
  };
}

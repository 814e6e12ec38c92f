import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../histories', import.meta.url));

export interface RecordedHistory {
  /** `0.1/campaign-continued.json` */
  file: string;
  /** `campaign-continued` */
  branch: string;
  text: string;
}

/** Every history of every release, as it lies in the folder. */
export function recordedHistories(): RecordedHistory[] {
  const releases = readdirSync(folder).toSorted();
  return releases.flatMap((release) =>
    readdirSync(`${folder}/${release}`).toSorted().map((name) => ({
      file: `${release}/${name}`,
      branch: name.replace(/\.json$/, ''),
      text: readFileSync(`${folder}/${release}/${name}`, 'utf8'),
    })),
  );
}

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { visibleAddresses } from '../doing/as-team.ts';
import { textOfXlsx } from '../reading/xlsx.ts';
import type { Stage } from '../stage.ts';

/** At the start the group's addresses open, and only theirs. */
export async function addresses(stage: Stage): Promise<void> {
  const { voice, checks, notes, creator, campaignId, team: { mia } } = stage;
  const bytes = await mia.api.bytes(`/v1/campaigns/${campaignId}/addresses.xlsx`);
  notes.exportedTo = join(await mkdtemp(join(tmpdir(), 'sevenfold-demo-')), 'addresses.xlsx');
  await writeFile(notes.exportedTo, bytes);
  voice.say(`Mia downloads the addresses for the parcels: ${notes.exportedTo}`);
  const text = textOfXlsx(bytes);
  const open = ['Theekade 1', 'Theekade 2', 'Theekade 3', 'Theekade 9'].filter((street) => text.includes(street));
  checks.that(open.length === 4, 'Ada’s, Kim’s and Ugo’s, which were sealed until now, and Vera’s', open);
  const mila = await visibleAddresses(stage, creator('Mila'));
  checks.that(mila.length === 0 && !text.includes('Theekade 4'), 'Mila entered one too and is not in the group: hers stays closed', mila);
  const ada = await visibleAddresses(stage, creator('Ada'));
  checks.that(ada.length === 1, 'the same over the API', ada);
}

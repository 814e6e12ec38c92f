import type { FieldProblem } from '../errors/index.js';
import type { CampaignDraft } from './draft.js';

const needed = [
  ['name', 'Give the campaign a name'],
  ['clientId', 'Choose the client'],
  ['brief', 'Write the brief'],
  ['startsOn', 'Say on which date it starts'],
  ['endsOn', 'Say on which date it ends'],
  ['timeZone', 'Choose the time zone of its days'],
  ['requirements', 'Say what creators must bring; {} when nothing'],
  ['contact', 'Name a contact'],
] as const satisfies readonly (readonly [keyof CampaignDraft, string])[];

/** Everything that keeps a draft from being published, every missing field by name (E1). */
export function missingForPublish(draft: CampaignDraft): FieldProblem[] {
  return needed.filter(([path]) => draft[path] == null).map(([path, message]) => ({ path, message }));
}

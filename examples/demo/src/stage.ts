import type { CastMember } from './cast/creator.ts';
import type { Team } from './cast/people.ts';
import type { Checks } from './telling/checks.ts';
import type { Days } from './telling/days.ts';
import type { Voice } from './telling/voice.ts';

/** Everything the acts share. */
export interface Stage {
  /** Tells this run from others. */
  run: string;
  /** The campaign's zone, and the workspace's. */
  timeZone: string;
  voice: Voice;
  days: Days;
  checks: Checks;
  team: Team;
  clientId: string;
  scheduleId: string;
  campaignId: string;
  /** By first name. @throws Error when nobody is called so */
  creator(first: string): CastMember;
  creators: readonly CastMember[];
  /** What one act leaves for a later one, said by name. */
  notes: Notes;
}

export interface Notes {
  /** A YES came in by SMS. */
  smsSimulated: boolean;
  /** Where the addresses were saved. */
  exportedTo: string | null;
}

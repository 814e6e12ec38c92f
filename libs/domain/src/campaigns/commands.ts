import { done, refuse, type Outcome } from '../errors/index.js';
import type { CampaignStatus } from './statuses.js';

/** Commands that go through the campaign's workflow, one after the other. */
export const lifecycleCommands = [
  'publish', 'send-agreements', 'close', 'start', 'pause', 'resume', 'reschedule', 'cancel',
] as const;
export type LifecycleCommand = (typeof lifecycleCommands)[number];

export interface CampaignPhase {
  status: CampaignStatus;
  paused: boolean;
}

const possibleIn: Record<LifecycleCommand, readonly CampaignStatus[]> = {
  publish: ['draft'],
  'send-agreements': ['published', 'closed'],
  close: ['published'],
  start: ['closed'],
  pause: ['published', 'closed'],
  resume: ['published', 'closed'],
  reschedule: ['published'],
  cancel: ['draft', 'published', 'closed'],
};

/** What a pause holds back (E8); close, cancel, reschedule and creators' answers go on. */
const heldByPause: readonly LifecycleCommand[] = ['send-agreements', 'start', 'pause'];

/** What can be done to a campaign now; told with every `wrong_state`. */
export function allowedCommands(phase: CampaignPhase): LifecycleCommand[] {
  return lifecycleCommands.filter((command) => mayCommand(command, phase).ok);
}

/** Whether a command fits the campaign's phase. The rules about who signed are asked where the signatures are. */
export function mayCommand(command: LifecycleCommand, phase: CampaignPhase): Outcome<null> {
  const fits = possibleIn[command].includes(phase.status);
  if (fits && phase.paused && heldByPause.includes(command) && command !== 'pause') {
    return refuse('campaign_paused', { state: phase.status, allowed: allowedIn(phase) });
  }
  const pauseFits = command === 'pause' ? !phase.paused : command === 'resume' ? phase.paused : true;
  if (fits && pauseFits) return done(null);
  return refuse('wrong_state', { state: phase.status, paused: phase.paused, allowed: allowedIn(phase) });
}

function allowedIn({ status, paused }: CampaignPhase): LifecycleCommand[] {
  return lifecycleCommands.filter((command) => {
    if (!possibleIn[command].includes(status)) return false;
    if (command === 'resume') return paused;
    return !paused || !heldByPause.includes(command);
  });
}

import type {
  AgreementActivities, BroadcastActivities, CampaignActivities, PeriodicActivities, SendingActivities, StoryActivities, SweepActivities,
} from '@sevenfold/workflows';
import { agreementActivities } from './agreement.activities.js';
import { campaignActivities } from './campaign.activities.js';
import type { ActivityDeps } from './deps.js';
import { newsletterActivities } from './newsletter.activities.js';
import { sendingActivities } from './sending.activities.js';
import { storyActivities } from './story.activities.js';
import { sweepActivities } from './sweep.activities.js';

export type Activities = CampaignActivities &
  AgreementActivities &
  SendingActivities &
  BroadcastActivities &
  StoryActivities &
  PeriodicActivities &
  SweepActivities;

/** Every activity of the main queue, listed. */
export function createActivities(deps: ActivityDeps): Activities {
  return {
    ...campaignActivities(deps),
    ...agreementActivities(deps),
    ...sendingActivities(deps),
    ...storyActivities(deps),
    ...newsletterActivities(deps),
    ...sweepActivities(deps),
  };
}
export type { ActivityDeps } from './deps.js';

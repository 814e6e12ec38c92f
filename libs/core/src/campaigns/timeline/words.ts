import type { MilestoneAction } from '@sevenfold/domain/schedule';

/** What happened, in a few words, by the audit's action. */
const happened: Record<string, string> = {
  'campaign.created': 'Draft opened',
  'campaign.updated': 'Campaign changed',
  'campaign.published': 'Campaign published',
  'campaign.closed': 'Campaign closed',
  'campaign.started': 'Collaboration started',
  'campaign.paused': 'Campaign paused',
  'campaign.resumed': 'Campaign resumed',
  'campaign.rescheduled': 'Campaign rescheduled',
  'campaign.cancelled': 'Campaign cancelled',
  'campaign.finished': 'Campaign finished',
  'story.posted': 'Story posted',
  'story.skipped': 'Story not needed any more',
  'story.failed': 'Story could not be posted',
  'newsletter.sent': 'Newsletter sent',
  'newsletter.joined-next': 'Newsletter was too late and joins the next',
};

const milestones: Record<MilestoneAction, string> = {
  'post-story': 'Story goes out',
  'remind-select': 'Reminder to pre-select',
  'remind-invite': 'Reminder to invite',
  'remind-agreements': 'Reminder to send agreements',
  summary: 'Summary of who has signed',
  close: 'Campaign closes',
};

/** What a milestone does, in a few words. */
export function milestoneTitle(action: MilestoneAction): string {
  return milestones[action];
}

/** What happened, in a few words; an action nobody has named reads as it is written. */
export function eventTitle(action: string, data: Record<string, unknown>): string {
  if (action === 'milestone.done' || action === 'milestone.dropped') {
    const milestone = milestoneOf(data.action);
    const what = milestone ? milestones[milestone] : 'Milestone';
    return action === 'milestone.done' ? what : `${what}: dropped`;
  }
  return happened[action] ?? inWords(action);
}

function milestoneOf(value: unknown): MilestoneAction | undefined {
  return typeof value === 'string' && Object.hasOwn(milestones, value) ? (value as MilestoneAction) : undefined;
}

/** `agreement.dropped-out` reads "Agreement dropped out". */
function inWords(action: string): string {
  const text = action.replace(/[._-]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

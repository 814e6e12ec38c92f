export { defaultSchedule } from './default-schedule.js';
export { digestFor, nextDigest, type DigestAnchor, type DigestMoment } from './digest.js';
export { instantOf, instantsOf, localDateOf, wallClock, type Anchor, type DueMilestone } from './instants.js';
export { decideLateness, digestTolerance, type LateMilestone } from './lateness.js';
export { daysOfPause, shiftForPause, type PauseShift } from './pause.js';
export {
  day, hour, latenessRules, milestoneActions, minute, scaleWindow, scheduleSchema,
  type LatenessRule, type Milestone, type MilestoneAction, type Moment, type Schedule,
} from './schedule.js';
export { inZone, instantOfLocal, type ZonedInstant } from './zoned.js';

export { defaultReplyRule, replyMoments, type ReplyMoments, type ReplyRule } from './reply-clock.js';
export { addWorkingTime, mostWorkingHours, workingMinutes, type WorkingHours } from './working-hours.js';

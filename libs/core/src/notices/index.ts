export { answerNotice } from './answer-notice.js';
export { tellTeam, type TellTeamInput } from './tell-team.js';
export { botNotice, markNoticePosted, type BotNotice } from './bot-notice.js';
export { wordNotice, type WordedNotice } from './wording.js';

export { answerMissingAddress } from './answer-missing-address.js';
export { answerNotice } from './answer-notice.js';
export { tellTeam, type TellTeamInput } from './tell-team.js';
export { botNotice, markNoticePosted, type BotNotice } from './bot-notice.js';
export { wordNotice, type WordedNotice } from './wording.js';
export { listNotices, markNoticeDone, type NoticeFilter, type NoticeStatus, type NoticeView } from './list-notices.js';

export { answerNotice } from './answer-notice.js';
export { tellTeam, type TellTeamInput } from './tell-team.js';

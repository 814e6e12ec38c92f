// The bundle's entry: exactly the workflows, nothing that a worker's process needs.
export { agreementWorkflow } from './agreement/agreement.workflow.js';
export { broadcastWorkflow } from './broadcast/broadcast.workflow.js';
export { campaignWorkflow } from './campaign/campaign.workflow.js';
export { messageWorkflow } from './message/message.workflow.js';
export { noticeWorkflow } from './notice/notice.workflow.js';
export { periodicWorkflow } from './periodic/periodic.workflow.js';
export { storyWorkflow } from './story/story.workflow.js';
export { sweeperWorkflow } from './sweeper/sweeper.workflow.js';

export { allowedCommands, lifecycleCommands, mayCommand, type CampaignPhase, type LifecycleCommand } from './commands.js';
export { missingForPublish } from './completeness.js';
export { campaignDraftSchema, contactSchema, figureAskSchema, questionSchema, type CampaignDraft } from './draft.js';
export { campaignStatuses, type CampaignStatus } from './statuses.js';

export { addByHand, type AddByHandInput } from './add-by-hand.js';
export { apply } from './apply.js';
export { askedOfCreator } from './asked-of-creator.js';
export { getApplication, listApplications, type ApplicationFilter } from './list-applications.js';
export { marketplace, marketplaceCampaign, type MarketplaceCampaign } from './marketplace.js';
export { moveApplication } from './move-application.js';
export { ownApplications, type OwnApplication } from './own-applications.js';
export { aboutCreatorSchema, applySchema, type AboutCreator, type ApplyInput } from './schemas.js';
export type { ApplicationView, ProfileView } from './view.js';

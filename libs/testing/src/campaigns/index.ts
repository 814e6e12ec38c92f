export { campaignWorld, type ApplicantOptions, type CampaignWorld } from './world.js';

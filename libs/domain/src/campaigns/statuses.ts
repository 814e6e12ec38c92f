/** The life of a campaign. Paused is a flag beside it. */
export const campaignStatuses = ['draft', 'published', 'closed', 'started', 'finished', 'cancelled'] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

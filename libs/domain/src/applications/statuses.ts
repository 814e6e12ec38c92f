/** They move freely between the three until an agreement is sent (E2). */
export const applicationStatuses = ['pending', 'selected', 'declined'] as const;
export type ApplicationStatus = (typeof applicationStatuses)[number];

export const applicationSources = ['applied', 'invite', 'by-hand'] as const;
export type ApplicationSource = (typeof applicationSources)[number];

/** The roles of a member (X7), from all to least. */
export const roles = ['owner', 'admin', 'manager', 'customer-success', 'member', 'client-reviewer'] as const;
export type Role = (typeof roles)[number];

/**
 * pending: sent, unsigned · accepted: signed · declined: by the creator, before or (dropped out) after signing ·
 * expired: not signed in time · withdrawn: taken back by the team or the system.
 */
export const agreementStatuses = ['pending', 'accepted', 'declined', 'expired', 'withdrawn'] as const;
export type AgreementStatus = (typeof agreementStatuses)[number];

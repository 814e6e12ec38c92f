export const noticeKinds = [
  'campaign-published', 'campaign-closed', 'campaign-started', 'campaign-paused', 'campaign-resumed', 'campaign-cancelled', 'campaign-rescheduled',
  'remind-select', 'remind-invite', 'remind-agreements', 'summary', 'milestone-dropped',
  'story-failed', 'choose-replacement', 'mark-interested', 'not-qualified', 'customer-success-request', 'missing-address', 'newsletter-joined-next', 'broadcast-finished', 'template-broken', 'reply-due', 'reply-overdue', 'mailbox-trouble',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** `dropped` keeps its reason in the note: an overtaken reminder is told, not forgotten (E8). */
export const milestoneStatuses = ['pending', 'done', 'dropped', 'failed'] as const;

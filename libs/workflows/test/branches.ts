import type { workflowTypes } from '../src/names.js';

/**
 * Every way a workflow may go, by workflow: each has a recorded history in `libs/workflows/histories/<release>/`, named
 * `<workflow>-<branch>.json`. Whoever adds a branch adds it here, and a recording of it in `apps/worker/test/histories`.
 */
export const branches = {
  campaign: [
    'closed-by-schedule-and-started', 'closed-early-and-started', 'publish-refused-then-published', 'paused-and-resumed', 'rescheduled',
    'cancelled-as-draft', 'cancelled-when-published', 'cancelled-when-closed', 'draft-deleted', 'milestone-refused', 'continued',
  ],
  agreement: ['signed', 'declined', 'expired', 'withdrawn', 'paused', 'document-late', 'signed-before-document'],
  message: ['sent', 'retried', 'held'],
  broadcast: ['sent', 'retried', 'held', 'side-by-side'],
  story: ['posted', 'retried', 'given-up', 'held'],
  periodic: ['ended', 'joined-next'],
  sweeper: ['due', 'continued'],
  notice: ['posted', 'given-up'],
} as const satisfies Record<keyof typeof workflowTypes, readonly string[]>;

/** `campaign-draft-deleted` and its like. */
export type Branch = { [W in keyof typeof branches]: `${W}-${(typeof branches)[W][number]}` }[keyof typeof branches];

export const allBranches: string[] = Object.entries(branches).flatMap(([workflow, ways]) => ways.map((way) => `${workflow}-${way}`));

/** People in the recordings, to look for in what was recorded. */
export const people = ['Anneliese', 'Bartholomew', 'Clementine', 'Desdemona', 'Evangeline', 'Olga', 'Mia'] as const;

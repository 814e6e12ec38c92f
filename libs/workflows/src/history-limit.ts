import { workflowInfo } from '@temporalio/workflow';

/**
 * Events after which a workflow goes on in a new run. Everything it knows is in rows, so a new run costs one look; and a
 * short history is quickly replayed by a worker that sees it for the first time. Far below the engine's own limits
 * (2,000 updates, 50,000 events a run), and above what an ordinary campaign needs.
 */
const mostEvents = 250;

/** Whether this run should end and go on in a new one. */
export function historyIsLong(): boolean {
  return workflowInfo().continueAsNewSuggested || workflowInfo().historyLength > mostEvents;
}

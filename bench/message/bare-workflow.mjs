import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities({ startToCloseTimeout: '1 minute' });

/** The least a workflow with an activity can be. */
export async function oneActivity() {
  await nothing();
}

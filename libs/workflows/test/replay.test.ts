import './quiet.js';
import { describe, expect, test } from '@jest/globals';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { workflowTypes } from '../src/names.js';
import * as workflows from '../src/workflows.js';
import { allBranches, branches } from './branches.js';
import { bundleOf, currentWorkflows, reorderedWorkflows } from './bundle.js';
import { readHistory } from './history-json.js';
import { recordedHistories } from './histories.js';

const histories = recordedHistories();

describe('today’s workflows', () => {
  test('go the way every recorded history went', async () => {
    const workflowBundle = await bundleOf(currentWorkflows);
    const all = histories.map(({ file, text }) => ({ workflowId: file, history: readHistory(text) }));
    const broken: string[] = [];
    let replayed = 0;
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, all)) {
      replayed += 1;
      if (error) broken.push(`${workflowId}: ${error.message}`);
    }
    // Named by file. If it was meant: put the new way behind patched(), see CONTRIBUTING.md, "Changing workflow code".
    expect(broken).toEqual([]);
    expect(replayed).toBe(all.length);
  }, 120_000);

  test('a step in another place is caught', async () => {
    const workflowBundle = await bundleOf(reorderedWorkflows);
    const campaigns = histories.filter(({ branch }) => branch === 'campaign-closed-by-schedule-and-started');
    expect(campaigns.length).toBeGreaterThan(0);
    for (const { file, text } of campaigns) {
      await expect(Worker.runReplayHistory({ workflowBundle }, readHistory(text), file)).rejects.toThrow(DeterminismViolationError);
    }
  }, 60_000);
});

describe('the recordings', () => {
  test('there is a table of branches for every workflow', () => {
    expect(Object.values(workflowTypes).toSorted()).toEqual(Object.keys(workflows).toSorted());
    expect(Object.keys(branches).toSorted()).toEqual(Object.keys(workflowTypes).toSorted());
  });

  test('there is a history of every branch', () => {
    const recorded = new Set(histories.map(({ branch }) => branch));
    expect(allBranches.filter((branch) => !recorded.has(branch))).toEqual([]);
  });

  test('each is of the workflow it is named after', () => {
    for (const { branch, file, text } of histories) {
      const [workflow = ''] = branch.split('-');
      const type = readHistory(text).events[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name;
      expect([file, type]).toEqual([file, Object.entries(workflowTypes).find(([name]) => name === workflow)?.[1]]);
    }
  });

  test('the broadcast to many has batches side by side', () => {
    const [events = []] = histories.filter(({ branch }) => branch === 'broadcast-side-by-side').map(({ text }) => readHistory(text).events);
    const tasks = events.flatMap(({ activityTaskScheduledEventAttributes: each }) => (each ? [String(each.workflowTaskCompletedEventId)] : []));
    expect(tasks.length).toBeGreaterThan(new Set(tasks).size);
  });

  test.each(Object.keys(branches).filter((workflow) => allBranches.includes(`${workflow}-continued`)))('the one of %s that goes on in a new run does', (workflow) => {
    const [last] = histories.filter(({ branch }) => branch === `${workflow}-continued`).map(({ text }) => readHistory(text).events.at(-1));
    expect(last?.workflowExecutionContinuedAsNewEventAttributes).toBeTruthy();
  });
});

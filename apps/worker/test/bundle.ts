import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';
import { interceptorsPath, workflowsPath } from '../src/engine/worker-options.js';

let bundle: Promise<WorkflowBundleOption> | undefined;

/** The workflows, bundled once per test file: bundling takes about as long as everything else of a worker's start. */
export function workflowBundle(): Promise<WorkflowBundleOption> {
  bundle ??= bundleWorkflowCode({
    workflowsPath: workflowsPath(), workflowInterceptorModules: [interceptorsPath()], logger: quiet,
    // Everything from source: what is tested is what is written, not what was last built.
    webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: ['source', '...'] } }),
  });
  return bundle;
}

const nothing = (): void => undefined;
const quiet = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

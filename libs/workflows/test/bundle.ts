import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type BundleOptions, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

const nothing = (): void => undefined;
const quiet = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Where the workflows of this checkout begin. */
export const currentWorkflows = fileURLToPath(new URL('../src/workflows.ts', import.meta.url));

/**
 * Bundles workflows from source, our other packages included: what is tested is what is written, not what was last built.
 * @param interceptors paths of modules with workflow interceptors
 */
export function bundleOf(workflowsPath: string, interceptors: string[] = []): Promise<WorkflowBundleWithSourceMap> {
  const webpackConfigHook: BundleOptions['webpackConfigHook'] = (config) => ({
    ...config,
    resolve: { ...config.resolve, conditionNames: ['source', '...'] },
  });
  return bundleWorkflowCode({ workflowsPath, logger: quiet, webpackConfigHook, workflowInterceptorModules: interceptors });
}

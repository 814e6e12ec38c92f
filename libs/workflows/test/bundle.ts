import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

const nothing = (): void => undefined;
const quiet = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where the workflows of this checkout begin. */
export const currentWorkflows = here('../src/workflows.ts');
/** A campaign's workflow as nobody may change it. */
export const reorderedWorkflows = here('./fixtures/reordered.workflows.ts');
/** Makes of today's workflows another build. */
export const nextBuild = here('./fixtures/next-build.ts');
/** What the worker's bundle has besides. */
const tracing = here('../src/tracing/interceptors.ts');

/**
 * Bundles workflows from source, our other packages included: what is tested is what is written, not what was last built.
 * @param interceptors modules with workflow interceptors, besides those every worker has
 */
export function bundleOf(workflowsPath: string, interceptors: string[] = []): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: [tracing, ...interceptors],
    logger: quiet,
    webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: ['source', '...'] } }),
  });
}

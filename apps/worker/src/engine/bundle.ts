import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode } from '@temporalio/worker';
import { interceptorsPath, workflowsPath } from './worker-options.js';

// Run by the build: bundling takes most of a worker's start, so it is done once, ahead.
const { code } = await bundleWorkflowCode({ workflowsPath: workflowsPath(), workflowInterceptorModules: [interceptorsPath()] });
await writeFile(new URL('../workflow-bundle.js', import.meta.url), code);

import { readFile } from 'node:fs/promises';

/**
 * For esbuild: Temporal's SDK finds three things by where its files lie. In a bundle it has to look for them in its packages: its native
 * part, the program of its threads, and its bundler of workflows. The last brings webpack, which nobody wants where workflows are bundled
 * ahead, so it is loaded when it is called.
 */
export const findFilesOfTemporal = {
  name: 'find-files-of-temporal',
  setup({ onLoad }) {
    for (const { file, says, change } of places) {
      onLoad({ filter: new RegExp(`[\\\\/]@temporalio[\\\\/]${file.replaceAll('/', '[\\\\/]').replaceAll('.', '\\.')}$`) }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        // Another version of the SDK breaks the build rather than a process.
        if (!text.includes(says)) return { errors: [{ text: `${path} does not say ${says} any more: see how it finds its files now` }] };
        return { contents: change(text), loader: 'js' };
      });
    }
  },
};

const instead = (says, by) => ({ says, change: (text) => text.replaceAll(says, by) });

const places = [
  { file: 'core-bridge/common.js', ...instead('__dirname', `path.dirname(require.resolve('@temporalio/core-bridge/package.json'))`) },
  {
    file: 'worker/lib/workflow/threaded-vm.js',
    ...instead(`require.resolve('./workflow-worker-thread')`, `require.resolve('@temporalio/worker/lib/workflow/workflow-worker-thread')`),
  },
  {
    file: 'worker/lib/debug-replayer/index.js',
    ...instead(`require.resolve('./`, `require.resolve('@temporalio/worker/lib/debug-replayer/`),
  },
  {
    file: 'worker/lib/workflow/bundler.js',
    says: 'exports.bundleWorkflowCode = bundleWorkflowCode',
    change: () => `
      const whole = () => require('@temporalio/worker/lib/workflow/bundler');
      exports.defaultWorkflowInterceptorModules = [require.resolve('@temporalio/worker/lib/workflow-log-interceptor')];
      exports.bundleWorkflowCode = (...all) => whole().bundleWorkflowCode(...all);
      Object.defineProperty(exports, 'WorkflowCodeBundler', { enumerable: true, get: () => whole().WorkflowCodeBundler });
    `,
  },
];

import { inSources } from './in-sources.js';

/** From now on an error that ends the process is printed with lines of TypeScript. */
export function mapUncaught(): void {
  process.on('uncaughtExceptionMonitor', (error) => {
    if (error.stack !== undefined) error.stack = inSources(error.stack);
  });
}

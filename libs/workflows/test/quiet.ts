import { DefaultLogger, Runtime } from '@temporalio/worker';

/** A worker's coming and going is of no interest to who reads test results. Before the first worker of a process. */
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });

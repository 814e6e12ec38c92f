import { Connection } from '@temporalio/client';
import { InternalConnectionOptionsSymbol, type InternalConnectionOptions } from '@temporalio/client/lib/connection.js';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { NativeConnection, Runtime } from '@temporalio/worker';

/**
 * The SDK's environment on a test server that is running already. The SDK itself starts one too, but gives up after
 * 5 seconds, which is less than a Java machine needs on a busy computer.
 */
export class PatientEnvironment extends TestWorkflowEnvironment {
  /** @param address of a time-skipping server that answers */
  static async connect(address: string): Promise<PatientEnvironment> {
    // Without this its connection does not speak of time.
    const options: InternalConnectionOptions = { address, [InternalConnectionOptionsSymbol]: { supportsTestService: true } };
    const connection = await Connection.connect(options);
    const nativeConnection = await NativeConnection.connect({ address });
    const settings = { client: {}, plugins: [], server: { type: 'existing' as const } };
    return new this(Runtime.instance(), settings, true, 'existing', connection, nativeConnection, undefined, address);
  }
}

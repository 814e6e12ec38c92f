import { Client, Connection } from '@temporalio/client';
import { tracingInterceptor } from './tracing.js';

export interface EngineAddress {
  /** host:port of Temporal's frontend. */
  address: string;
  namespace: string;
}

/**
 * A client that connects on first use and reconnects by itself, so that whoever holds it can start, and take facts,
 * while the engine is away.
 */
export function lazyEngine({ address, namespace }: EngineAddress): Client {
  return new Client({ connection: Connection.lazy({ address }), namespace, interceptors: { workflow: [tracingInterceptor] } });
}

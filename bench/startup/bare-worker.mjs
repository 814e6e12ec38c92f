import { createServer } from 'node:http';
import { NativeConnection, Worker } from '@temporalio/worker';

/* A Temporal worker and nothing else, from a bundle built ahead: what ours is measured against. */
const { TEMPORAL_ADDRESS, BUNDLE, HEALTH_PORT } = process.env;
const connection = await NativeConnection.connect({ address: TEMPORAL_ADDRESS });
const worker = await Worker.create({
  connection, taskQueue: 'bare', workflowBundle: { codePath: BUNDLE }, activities: { nothing: async () => undefined },
});
const running = worker.run();
const server = createServer((_request, response) => response.writeHead(worker.getState() === 'RUNNING' ? 200 : 503).end());
server.listen(Number(HEALTH_PORT));
process.once('SIGTERM', () => {
  worker.shutdown();
  server.close();
});
await running;
await connection.close();
process.exit(0);

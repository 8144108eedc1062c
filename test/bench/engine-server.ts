/** The endpoint of the engine benchmark: the same reply after the same time. Prints its address. */
import { startModelServer } from '../support/model-server/server.ts';
import { benchReply } from './engine-case.ts';

const reply = benchReply();
const server = await startModelServer({
  respond: () => reply,
  latencyMs: Number(process.argv[2] ?? 200),
  // Every round sends the same requests, and each is to be answered.
  honoursIdempotency: false,
});
process.stdout.write(`${server.baseUrl}\n`);

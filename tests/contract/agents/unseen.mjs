// Runs turns of agents that are data with the npm package: a line of JSON on stdin, {agents, exchanges}, is answered by one on
// stdout, the turns.

import { createInterface } from 'node:readline';
import { serveAgents, serveNovu, turnOf } from './server.mjs';

const novu = await serveNovu();
for await (const line of createInterface({ input: process.stdin })) {
  const { agents, exchanges } = JSON.parse(line);
  const bridge = await serveAgents(agents);
  const turns = [];
  for (const exchange of exchanges) turns.push(await turnOf(bridge, novu, exchange));
  await bridge.close();
  process.stdout.write(`${JSON.stringify(turns)}\n`);
}
await novu.close();

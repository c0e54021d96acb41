// Serves workflows that are data with the npm package: descriptions come on stdin as JSON, the port goes to stdout.
// Ends when stdin ends.

import { createInterface } from 'node:readline';
import { fromDescription } from './described.mjs';
import { serveBridge } from './server.mjs';

let bridge;
for await (const line of createInterface({ input: process.stdin })) {
  await bridge?.close();
  const { described, strict } = JSON.parse(line);
  bridge = await serveBridge({ workflows: described.map(fromDescription), strict });
  process.stdout.write(`${bridge.port}\n`);
}
await bridge?.close();

// Serves the agents of every theme with the npm package, sends them their events, and stores the turns.
//   node record.mjs [theme ...]

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { layOut } from '../recorder/layout.mjs';
import { SECRET_KEY, serveAgents, serveNovu, turnOf } from './server.mjs';
import { EVENT } from './turns.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const FIXTURES = path.join(HERE, 'fixtures');

const USUAL = { method: 'POST', key: `ApiKey ${SECRET_KEY}`, type: 'application/json' };
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const differing = (given, usual) => Object.fromEntries(Object.entries(given).filter(([name, value]) => !same(value, usual[name])));

/** A body as what it has that the fixture's `event` has not, and the names that it lacks. */
function short(body) {
  if (body === null || typeof body !== 'object' || !('version' in body || 'deliveryId' in body)) return { body };
  const whole = JSON.parse(JSON.stringify(body));
  const without = Object.keys(EVENT).filter((name) => !(name in whole));
  return { of: 'event', body: differing(whole, EVENT), ...(without.length && { without }) };
}

const wanted = new Set(process.argv.slice(2));
await mkdir(FIXTURES, { recursive: true });
let count = 0;
for (const file of (await readdir(path.join(HERE, 'themes'))).sort()) {
  const { name, about, agents, exchanges } = (await import(`./themes/${file}`)).default;
  if (wanted.size && !wanted.has(name)) continue;
  const novu = await serveNovu();
  const bridge = await serveAgents(agents);
  const recorded = [];
  for (const exchange of exchanges) {
    const { response, posts } = await turnOf(bridge, novu, exchange);
    const { method, query, body } = exchange.request;
    const request = { method, query, ...(body !== undefined && short(body)) };
    recorded.push({ ...exchange, request, response, posts: posts.map((post) => differing(post, USUAL)) });
  }
  await bridge.close();
  await novu.close();
  const names = new Set(recorded.map((one) => one.name));
  if (names.size !== recorded.length) throw new Error(`${name}: two exchanges have one name`);
  const fixture = { name, about, recordedWith: { '@novu/framework': '2.13.2' }, usual: USUAL, event: EVENT, agents, exchanges: recorded };
  await writeFile(path.join(FIXTURES, `${name}.json`), `${layOut(JSON.parse(JSON.stringify(fixture)))}\n`);
  process.stdout.write(`${name}: ${agents.length} agents, ${recorded.length} turns\n`);
  count += recorded.length;
}
process.stdout.write(`${count} turns\n`);

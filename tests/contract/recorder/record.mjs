// Serves every theme's workflows with the npm package, asks them what the theme asks, and stores the answers.
//   node record.mjs [theme ...]

import { NOW, seed } from './frozen.mjs';
import { createHmac } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { layOut } from './layout.mjs';

const { fromDescription } = await import('./described.mjs');
const { SECRET_KEY, send, serveApi, serveBridge } = await import('./server.mjs');

const HERE = path.dirname(fileURLToPath(import.meta.url));
const FIXTURES = path.join(HERE, '..', 'fixtures');
const FORMAT = 1;
const PREVIEWS = 8;

// What the transport adds: no part of an answer.
const TRANSPORT = new Set(['date', 'etag', 'connection', 'keep-alive', 'content-length', 'x-powered-by', 'vary', 'transfer-encoding']);

const versionOf = async (name) => {
  const entry = createRequire(import.meta.url).resolve(name);
  const root = entry.slice(0, entry.lastIndexOf(`${path.sep}node_modules${path.sep}`));
  return JSON.parse(await readFile(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
};

function bytesOf(request) {
  if ('bodyText' in request) return request.bodyText;
  return 'body' in request ? JSON.stringify(request.body) : undefined;
}

/** The header that `signature` describes, over the text that would be signed. */
function sign({ offset = 0, key = SECRET_KEY, header = 't={t},v1={v1}', over }, body) {
  const t = String(NOW + offset);
  const v1 = createHmac('sha256', key).update(`${t}.${over ?? body ?? '{}'}`).digest('hex');
  return header.replaceAll('{t}', t).replaceAll('{v1}', v1).replaceAll('{V1}', v1.toUpperCase());
}

async function ask(port, request) {
  const body = bytesOf(request);
  const headers = { ...request.headers };
  if (request.signature) headers['novu-signature'] = sign(request.signature, body);
  if (body !== undefined) headers['content-length'] = Buffer.byteLength(body);
  const query = new URLSearchParams(request.query).toString();
  const answer = await send(port, { method: request.method, path: `/api/novu${query && `?${query}`}`, headers, body });
  const type = answer.headers['content-type'] ?? '';
  if (!type.startsWith('application/json')) {
    throw new Error(`Express answered, not the package: ${answer.status} ${answer.text.slice(0, 300)}`);
  }
  return {
    status: answer.status,
    headers: Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !TRANSPORT.has(name)).sort()),
    body: answer.text === '' ? null : free(JSON.parse(answer.text), answer.status),
  };
}

/** The answer without what no two runs share: durations, source code, stack traces. */
function free(body, status) {
  const strip = (value) => {
    if (Array.isArray(value)) return value.map(strip);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, key === 'code' && typeof item === 'string' ? '<code>' : strip(item)])
    );
  };
  if (status < 400 && (body.workflows || typeof body.code === 'string')) return strip(withoutProse(body));
  if (typeof body.metadata?.duration === 'number') return { ...body, metadata: { ...body.metadata, duration: 0 } };
  if (typeof body.data?.stack === 'string') return { ...body, data: { ...body.data, stack: '<stack>' } };
  return body;
}

/** A discovery without the sentences in schemas that are the package's own; those of our workflows stay. */
function withoutProse(body) {
  const bare = (value) => {
    if (Array.isArray(value)) return value.map(bare);
    if (value === null || typeof value !== 'object') return value;
    const kept = Object.entries(value).filter(([key, item]) => typeof item !== 'string' || !['description', 'title'].includes(key));
    return Object.fromEntries(kept.map(([key, item]) => [key, bare(item)]));
  };
  for (const step of body.workflows?.flatMap(({ steps }) => steps) ?? []) {
    const owners = ['custom', 'http_request'].includes(step.type) ? step.providers : [...step.providers, step];
    for (const owner of owners) for (const key of ['outputs', 'results']) if (key in owner) owner[key] = bare(owner[key]);
  }
  return body;
}

const kind = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** Where several answers to one request differ: JSON pointers, with the JSON types seen there. */
function madeUp(values, pointer = '', found = {}) {
  const [first, ...others] = values.map((value) => JSON.stringify(value));
  if (others.every((other) => other === first) && !first?.includes('[placeholder]')) return found;
  const kinds = new Set(values.map(kind));
  // A list's length and an object's additional keys are made up even where every attempt came to the same.
  const invented = values.some(
    (value) => (kind(value) === 'object' && '[placeholder]' in value) || (kind(value) === 'array' && value.includes('[placeholder]'))
  );
  const alike = !invented && kinds.size === 1 && (kinds.has('array') || kinds.has('object'));
  const keys = alike ? values.map((value) => Object.keys(value).sort().join('\n')) : [];
  if (alike && keys.every((key) => key === keys[0])) {
    for (const key of Object.keys(values[0])) {
      const step = key.replaceAll('~', '~0').replaceAll('/', '~1');
      madeUp(values.map((value) => value[key]), `${pointer}/${step}`, found);
    }
  } else if (invented || others.some((other) => other !== first)) {
    found[pointer] = [...kinds].sort();
  }
  return found;
}

async function record(theme, exchange, port, api) {
  if (exchange.api) api.next = exchange.api.response;
  api.requests.length = 0;
  seed(`${theme.name} ${exchange.name}`, 0);
  const response = await ask(port, exchange.request);
  const recorded = { name: exchange.name, request: exchange.request };
  if (api.requests.length) recorded.api = { request: api.requests[0], response: api.next };
  recorded.response = response;
  if (exchange.request.query.some(([key, value]) => key === 'action' && value === 'preview')) {
    const bodies = [response.body];
    for (let attempt = 1; attempt < PREVIEWS; attempt++) {
      seed(`${theme.name} ${exchange.name}`, attempt);
      bodies.push((await ask(port, exchange.request)).body);
    }
    const pointers = madeUp(bodies);
    if (Object.keys(pointers).length) recorded.madeUp = pointers;
  }
  return recorded;
}

/** Headers that every answer has go to the head of the file; an exchange keeps what it has beside them. */
function shareHeaders(exchanges) {
  const [first, ...rest] = exchanges.map((exchange) => exchange.response.headers);
  const common = Object.fromEntries(
    Object.entries(first).filter(([name, value]) => rest.every((headers) => headers[name] === value))
  );
  for (const { response } of exchanges) {
    const own = Object.entries(response.headers).filter(([name]) => !(name in common));
    delete response.headers;
    if (own.length) response.headers = Object.fromEntries(own);
  }
  return common;
}

async function recordTheme(theme, recordedWith) {
  const described = theme.described ?? [];
  const workflows = [...(theme.workflows ?? []), ...described.map(fromDescription)];
  const strict = theme.strict ?? false;
  const api = await serveApi();
  const bridge = await serveBridge({ workflows, strict, apiUrl: `http://127.0.0.1:${api.port}` });
  const exchanges = [];
  const names = new Set();
  try {
    for (const exchange of theme.exchanges) {
      if (names.has(exchange.name)) throw new Error(`${theme.name}: two exchanges are called "${exchange.name}"`);
      names.add(exchange.name);
      exchanges.push(await record(theme, exchange, bridge.port, api).catch((error) => {
        throw new Error(`${theme.name} / ${exchange.name}: ${error.message}`);
      }));
    }
  } finally {
    await bridge.close();
    await api.close();
  }
  const headers = shareHeaders(exchanges);
  return {
    format: FORMAT,
    name: theme.name,
    about: theme.about,
    recordedWith,
    bridge: { secretKey: SECRET_KEY, strictAuthentication: strict, workflows: workflows.map(({ id }) => id) },
    ...(described.length && { described }),
    headers,
    exchanges,
  };
}

const recordedWith = { '@novu/framework': await versionOf('@novu/framework'), express: await versionOf('express') };
const wanted = new Set(process.argv.slice(2));
const files = (await readdir(path.join(HERE, 'themes'))).filter((file) => file.endsWith('.mjs')).sort();
await mkdir(FIXTURES, { recursive: true });

let workflowCount = 0;
let exchangeCount = 0;
for (const file of files) {
  const theme = (await import(`./themes/${file}`)).default;
  if (wanted.size && !wanted.has(theme.name)) continue;
  const fixture = await recordTheme(theme, recordedWith);
  await writeFile(path.join(FIXTURES, `${theme.name}.json`), `${layOut(JSON.parse(JSON.stringify(fixture)))}\n`);
  workflowCount += fixture.bridge.workflows.length;
  exchangeCount += fixture.exchanges.length;
  console.log(`${theme.name}: ${fixture.bridge.workflows.length} workflows, ${fixture.exchanges.length} exchanges`);
}
console.log(`${workflowCount} workflows, ${exchangeCount} exchanges`);

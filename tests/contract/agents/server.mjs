// Described agents on loopback, as a Node team would serve them, and beside them the server that they post to.

import http from 'node:http';
import express from 'express';
import { Client, serve } from '@novu/framework/express';
import { fromDescription } from './described.mjs';

export const SECRET_KEY = 'contract-secret-key';
const SILENT = { info() {}, warn() {}, error() {} };
for (const name of Object.keys(SILENT)) console[name] = () => {};

async function listen(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Novu as far as an agent posts to it: keeps what comes, and answers what `answers` says, one after the other. */
export async function serveNovu() {
  const novu = { posts: [], answers: [] };
  const server = http.createServer(async (request, response) => {
    const text = await textOf(request);
    const post = { method: request.method, path: request.url, key: request.headers.authorization ?? null };
    post.type = text ? request.headers['content-type'] : null; // which fetch leaves out
    if (text) post.body = JSON.parse(text);
    novu.posts.push(post);
    const number = novu.posts.length;
    const answer = novu.answers.shift() ?? {};
    if (answer.drop) return request.socket.destroy();
    const body = answer.body === undefined ? { data: { messageId: `m-${number}`, platformThreadId: 't-1' } } : answer.body;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.text ?? JSON.stringify(body));
  });
  return Object.assign(novu, await listen(server));
}

/** A bridge with agents, whose turns can be waited for. */
export async function serveAgents(described, { strict = false } = {}) {
  const turns = [];
  const app = express();
  app.use(express.json({ strict: false, limit: '20mb' }));
  const client = new Client({ secretKey: SECRET_KEY, strictAuthentication: strict, logger: SILENT });
  const waitUntil = (turn) => turns.push(turn.catch(() => {}));  // one without a conversation is rejected
  app.use('/api/novu', serve({ client, workflows: [], agents: described.map(fromDescription), waitUntil }));
  const served = await listen(http.createServer(app));
  return { ...served, finished: async () => { while (turns.length) await turns.shift(); } };
}

/** One request on the wire. */
export function send(port, { method = 'POST', query, body }) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const path = `/api/novu?${new URLSearchParams(query)}`;
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text ?? '') };
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false }, async (response) => {
      resolve({ status: response.statusCode, body: JSON.parse(await textOf(response)) });
    });
    request.on('error', reject);
    request.end(text);
  });
}

const LONG = 400;
const IDS = /\b(hr_|msg_|run_)[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

/** What is posted, without what no two runs share: ids are counted, times left out, long texts told by their length. */
export function freed(posts) {
  const known = new Map();
  const count = (id, kind) => known.get(id) ?? known.set(id, `${kind}${known.size + 1}`).get(id);
  const free = (value, key) => {
    if (key === 'timestamp') return '<now>';
    if (typeof value === 'string') {
      return value.length > LONG ? `<${value.length} characters>` : value.replace(IDS, count);
    }
    if (Array.isArray(value)) return value.map((item) => free(item));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, free(item, name)]));
  };
  return posts.map((post) => free(post));
}

/** Ask for one turn and give all that came of it. */
export async function turnOf(bridge, novu, { request, answers = [] }) {
  novu.posts.length = 0;
  novu.answers = structuredClone(answers);
  const at = (path) => `http://127.0.0.1:${novu.port}${path}`;
  const { replyUrl, eventsUrl } = request.body ?? {};
  const urls = Object.fromEntries(
    Object.entries({ replyUrl, eventsUrl }).filter(([, url]) => typeof url === 'string').map(([name, url]) => [name, url.startsWith('/') ? at(url) : url])
  );
  const isObject = typeof request.body === 'object' && request.body !== null && !Array.isArray(request.body);
  const response = await send(bridge.port, { ...request, ...(isObject && { body: { ...request.body, ...urls } }) });
  await bridge.finished();
  return { response, posts: freed(novu.posts) };
}

// A theme's workflows on loopback, as a Node team would serve them, and a stand-in for the Novu API beside them.

import http from 'node:http';
import express from 'express';
import { Client, serve } from '@novu/framework/express';

export const SECRET_KEY = 'contract-secret-key';

const SILENT = { info() {}, warn() {}, error() {} };

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

/** The Novu API as far as a bridge asks it: notes each request, answers what `next` says. */
export async function serveApi() {
  const api = { requests: [], next: { status: 201, body: {} } };
  const server = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    api.requests.push({
      method: request.method,
      path: request.url,
      headers: { authorization: request.headers.authorization, 'content-type': request.headers['content-type'] },
      body: JSON.parse(Buffer.concat(chunks).toString()),
    });
    response.writeHead(api.next.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(api.next.body));
  });
  return Object.assign(api, await listen(server));
}

export async function serveBridge({ workflows, strict, apiUrl }) {
  const app = express();
  // strict: false lets bodies that are no objects through, so that the package answers and not Express.
  app.use(express.json({ strict: false, limit: '20mb' }));
  const client = new Client({ secretKey: SECRET_KEY, strictAuthentication: strict, apiUrl, logger: SILENT });
  app.use('/api/novu', serve({ client, workflows }));
  return listen(http.createServer(app));
}

/** One request on the wire; the answer with its parsed body. */
export function send(port, { method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() });
    });
    request.on('error', reject);
    request.end(body);
  });
}

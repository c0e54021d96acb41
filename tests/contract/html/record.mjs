// Asks @novu/framework what it leaves of each document, and writes the answers beside the documents.
// Every document goes through the real handler twice, as the body of an email and of an in-app message.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { workflow } from '@novu/framework';
import { Client, serve } from '@novu/framework/express';
import express from 'express';

const html = workflow(
  'html',
  async ({ step, payload }) => {
    await step.email('email', async () => ({ subject: 'x', body: payload.html }));
    await step.inApp('in-app', async () => ({ body: payload.html }));
  },
  { payloadSchema: { type: 'object', properties: { html: { type: 'string' } } } }
);

const app = express();
app.use(express.json({ limit: '50mb' }));
app.use('/api/novu', serve({ client: new Client({ strictAuthentication: false, secretKey: 'unused', verbose: false }), workflows: [html] }));
const server = await new Promise((resolve) => {
  const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
});
const bridge = `http://127.0.0.1:${server.address().port}/api/novu?action=execute&workflowId=html&stepId=`;

async function askStep(stepId, document) {
  const event = { payload: { html: document }, controls: {}, subscriber: {}, state: [{ stepId: 'email', outputs: {}, state: { status: 'completed' } }] };
  const response = await fetch(bridge + stepId, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  const answer = await response.json();
  if (response.status !== 200) throw new Error(`${stepId}: ${JSON.stringify(answer)} for ${document}`);
  return answer.outputs.body;
}

async function ask(document) {
  const answer = await askStep('email', document);
  if ((await askStep('in-app', document)) !== answer) throw new Error(`email and in-app differ for ${document}`);
  return answer;
}

const here = (path) => new URL(path, import.meta.url);
let asked = 0;
for (const list of ['documents.jsonl', 'vectors.jsonl', 'safer.jsonl']) {
  const recorded = [];
  for (const line of readFileSync(here(list), 'utf8').trimEnd().split('\n')) {
    const entry = JSON.parse(line);
    recorded.push(JSON.stringify({ ...entry, answer: await ask(entry.html) }));
  }
  writeFileSync(here(list), `${recorded.join('\n')}\n`);
  asked += recorded.length;
}
for (const name of readdirSync(here('emails')).filter((file) => file.endsWith('.html'))) {
  writeFileSync(here(`answers/${name}`), await ask(readFileSync(here(`emails/${name}`), 'utf8')));
  asked += 1;
}
server.close();
console.log(`${asked} documents asked`);

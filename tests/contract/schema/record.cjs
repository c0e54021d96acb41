// Asks @novu/framework about JSON Schemas and writes its answers beside the questions.
//
//   node record.cjs         rewrites the answers in cases.jsonl, departures.jsonl and previews.jsonl, and cron.json
//   node record.cjs --ask   answers questions from stdin, a line each, on stdout
//
// A question is {schema, values}: each value is executed as a payload, and the answer is {value} (what the handler
// got), {issues} or {invalid} (why the schema is refused). {schema, preview: true} previews without a payload, several
// times, and gives the kinds of answers seen, as shapes.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // the package reports its work on stdout
process.stderr.write = () => true;

const { Client, CronExpression, workflow } = require('@novu/framework');
const { serve } = require('@novu/framework/express');

const PREVIEWS = 40;

function handle(handler, action, body) {
  return new Promise((resolve, reject) => {
    const query = { action, workflowId: 'asked', stepId: 'answer' };
    const response = {
      statusCode: 200,
      status(code) { this.statusCode = code; return this; },
      setHeader() {},
      send(text) { resolve({ status: this.statusCode, body: JSON.parse(text) }); return this; },
    };
    const request = { method: 'POST', headers: { host: 'localhost' }, query, body, url: `/?${new URLSearchParams(query)}` };
    Promise.resolve(handler(request, response)).catch(reject);
  });
}

function served(schema) {
  const asked = workflow(
    'asked',
    async ({ step, payload }) => {
      await step.chat('answer', async () => ({ body: JSON.stringify(payload) }));
    },
    { payloadSchema: schema }
  );
  return serve({ workflows: [asked], client: new Client({ strictAuthentication: false, secretKey: 'unused' }) });
}

async function answer(schema, action, payload) {
  try {
    // A fresh handler each time: AJV writes into the schemas that it compiles.
    const handler = served(JSON.parse(JSON.stringify(schema)));
    const { status, body } = await handle(handler, action, { payload, controls: {}, state: [], subscriber: {}, context: {}, env: {} });
    if (status === 200) return { value: JSON.parse(body.outputs.body) };
    if (status === 400) return { issues: body.data };
    return { invalid: body.message.replace('Unknown BridgeError: ', '') };
  } catch (error) {
    return { invalid: error.message };
  }
}

function shape(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length ? [shape(value[0])] : [];
  if (typeof value !== 'object') return typeof value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, shape(value[key])]));
}

async function ask(question) {
  if (!question.preview) {
    const answers = [];
    for (const value of question.values) answers.push(await answer(question.schema, 'execute', value));
    return answers;
  }
  const seen = new Set();
  for (let time = 0; time < PREVIEWS; time += 1) {
    const { value, ...failed } = await answer(question.schema, 'preview', undefined);
    seen.add(JSON.stringify(value === undefined ? failed : { value: shape(value) }));
  }
  return [...seen].sort().map((text) => JSON.parse(text));
}

async function record() {
  writeFileSync(join(__dirname, 'cron.json'), `${JSON.stringify(CronExpression, null, 1)}\n`);
  for (const name of ['cases.jsonl', 'departures.jsonl', 'previews.jsonl']) {
    const path = join(__dirname, name);
    const lines = [];
    for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
      const question = JSON.parse(line);
      lines.push(JSON.stringify({ ...question, answers: await ask(question) }));
    }
    writeFileSync(path, `${lines.join('\n')}\n`);
    write(`${name}: ${lines.length} lines\n`);
  }
}

async function answerQuestions() {
  for await (const line of createInterface({ input: process.stdin })) {
    write(`${JSON.stringify(await ask(JSON.parse(line)))}\n`);
  }
}

process.on('unhandledRejection', () => {});
(process.argv.includes('--ask') ? answerQuestions() : record()).then(() => setTimeout(() => process.exit(0), 100));

// What @novu/framework answers: to a template of its Liquid engine, and to the controls of a step.
'use strict';

// LiquidJS shows dates in the zone of the process.
process.env.TZ = 'UTC';
process.env.NOVU_SECRET_KEY = 'recorder';

const { Client, workflow } = require('@novu/framework');
const { createLiquidEngine } = require('@novu/framework/internal');

const anything = { type: 'object', additionalProperties: true };
const engine = createLiquidEngine();

/** {output} or {error: {name, message}} of one template rendered with the package's own engine. */
async function answerTemplate({ template, data }) {
  try {
    return { output: await engine.parseAndRender(template, structuredClone(data ?? {})) };
  } catch (error) {
    return { error: { name: error.name, message: error.message } };
  }
}

let client;
let seen;

async function ready() {
  if (client) return client;
  client = new Client({ secretKey: 'recorder', strictAuthentication: false, verbose: false });
  const resolve = async (controls) => {
    seen = structuredClone(controls);
    return {};
  };
  const recorded = workflow(
    'recorded',
    async ({ step }) => {
      await step.custom('step', resolve, { controlSchema: anything, outputSchema: anything });
    },
    { payloadSchema: anything, name: 'Recorded', tags: ['one', 'two'] }
  );
  await client.addWorkflows([recorded]);
  return client;
}

/** {compiled}: the controls as the step's resolver is given them, or {error: {code, data}} as the bridge answers. */
async function answerControls({ controls, data }) {
  const { payload = {}, subscriber = {}, context = {}, env = {}, actor, steps = {} } = data ?? {};
  const state = Object.entries(steps).map(([stepId, outputs]) => ({ stepId, outputs, state: { status: 'completed' } }));
  const event = { action: 'execute', workflowId: 'recorded', stepId: 'step', state };
  try {
    await (await ready()).executeWorkflow({
      ...event,
      ...structuredClone({ payload, controls, subscriber, context, env, ...(actor && { actor }) }),
    });
    return { compiled: seen };
  } catch (error) {
    if (error.code !== 'StepControlCompilationFailedError') throw error;
    return { error: { code: error.code, data: JSON.parse(JSON.stringify(error.data)) } };
  }
}

module.exports = { answerTemplate, answerControls };

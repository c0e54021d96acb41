// Workflows written as data, so that both sides can run the same ones: see "Described workflows" in ../README.md.

import { workflow } from '@novu/framework';

const METHODS = { in_app: 'inApp', http_request: 'httpRequest' };

function follow(path, scope) {
  let value = scope;
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** What a template says, given the data in `scope`. A reference to what is not there is undefined. */
export function evaluate(template, scope) {
  if (Array.isArray(template)) return template.map((item) => evaluate(item, scope));
  if (template === null || typeof template !== 'object') return template;
  if ('$' in template) return follow(template.$, scope);
  if ('$throw' in template) throw new Error(template.$throw);
  if ('$join' in template) {
    const parts = template.$join.map((part) => evaluate(part, scope));
    return parts.filter((part) => ['string', 'number', 'boolean'].includes(typeof part)).join('');
  }
  if ('$equals' in template) {
    const [left, right] = template.$equals.map((part) => evaluate(part, scope));
    return left === right;
  }
  return Object.fromEntries(
    Object.entries(template)
      .map(([key, value]) => [key, evaluate(value, scope)])
      .filter(([, value]) => value !== undefined)
  );
}

function stepOptions(step, scope) {
  const options = {};
  for (const key of ['controlSchema', 'outputSchema', 'disableOutputSanitization']) {
    if (key in step) options[key] = step[key];
  }
  if ('skip' in step) options.skip = (controls) => evaluate(step.skip, { ...scope(), controls });
  if ('providers' in step) {
    options.providers = Object.fromEntries(
      Object.entries(step.providers).map(([provider, template]) => [
        provider,
        ({ controls, outputs }) => evaluate(template, { ...scope(), controls, outputs }),
      ])
    );
  }
  return options;
}

/** The workflow that a description says. */
export function fromDescription(description) {
  const { workflowId, steps, ...options } = description;
  return workflow(
    workflowId,
    async ({ step, payload, subscriber, context, env, controls }) => {
      const results = {};
      const scope = () => ({ payload, subscriber, context, env, workflowControls: controls, steps: results });
      for (const described of steps) {
        const run = step[METHODS[described.type] ?? described.type];
        results[described.stepId] = await run(
          described.stepId,
          async (stepControls) => evaluate(described.outputs, { ...scope(), controls: stepControls }),
          stepOptions(described, scope)
        );
      }
    },
    options
  );
}

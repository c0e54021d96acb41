// How themes write down what they ask. A request here is what a fixture stores, nothing is implied.

export const JSON_HEADERS = { 'content-type': 'application/json' };

/** The body that Novu sends with execute and preview, with what the exchange is about put in. */
export const event = (parts = {}) => ({
  payload: {},
  controls: {},
  state: [],
  subscriber: {},
  context: {},
  env: {},
  ...parts,
});

const post = (action) => (workflowId, stepId, body, name) => ({
  name: name ?? `${action} ${workflowId} / ${stepId}`,
  request: {
    method: 'POST',
    query: [
      ['action', action],
      ['workflowId', workflowId],
      ['stepId', stepId],
    ],
    headers: JSON_HEADERS,
    body,
  },
});

/** `execute(workflow, step, event parts, name)`: the parts are merged into a whole event. */
export const execute = (workflowId, stepId, parts, name) => post('execute')(workflowId, stepId, event(parts), name);
export const preview = (workflowId, stepId, parts, name) => post('preview')(workflowId, stepId, event(parts), name);

/** The same with the body exactly as given. */
export const executeBody = post('execute');
export const previewBody = post('preview');

export const get = (query, name) => ({
  name: name ?? `GET ${new URLSearchParams(query)}`,
  request: { method: 'GET', query, headers: {} },
});

export const discover = () => get([['action', 'discover']], 'discover');
export const health = () => get([['action', 'health-check']], 'health check');

/** An entry of `state`: what an earlier step left. */
export const left = (stepId, outputs = {}) => ({ stepId, outputs, state: { status: 'completed' } });

export const seen = (stepId, read = false) =>
  left(stepId, {
    seen: true,
    read,
    lastSeenDate: '2026-01-01T10:00:00Z',
    lastReadDate: read ? '2026-01-01T10:05:00Z' : null,
  });

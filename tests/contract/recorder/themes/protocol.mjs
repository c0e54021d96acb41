// The endpoint itself: methods, actions, query parameters, code, without signatures being asked for.

import { JSON_HEADERS, discover, event, get, health } from '../requests.mjs';

const described = [
  { workflowId: 'protocol-one', name: 'One', steps: [{ stepId: 'a', type: 'sms', outputs: { body: 'A' } }, { stepId: 'b', type: 'sms', outputs: { body: 'B' } }] },
  { workflowId: 'protocol-two', description: 'Two', tags: ['x'], severity: 'high', preferences: { all: { enabled: true, readOnly: true }, channels: { inApp: { enabled: false }, email: { enabled: true } } }, steps: [{ stepId: 'a', type: 'chat', outputs: { body: 'C' } }] },
  ...[
    ['none', undefined],
    ['empty', {}],
    ['all', { all: { enabled: false } }],
    ['read-only', { all: { readOnly: true } }],
    ['channels', { channels: { sms: { enabled: false }, push: { enabled: true }, chat: { enabled: false }, tool: { enabled: true } } }],
  ].map(([name, preferences]) => ({ workflowId: `protocol-preferences-${name}`, ...(preferences && { preferences }), steps: [] })),
  ...['none', 'low', 'medium', 'high'].map((severity) => ({ workflowId: `protocol-severity-${severity}`, severity, steps: [] })),
];

const run = [['action', 'execute'], ['workflowId', 'protocol-one'], ['stepId', 'a']];
const ask = (method, query, name, rest = {}) => ({ name, request: { method, query, headers: {}, ...rest } });
const post = (query, name, body = event()) => ask('POST', query, name, { headers: JSON_HEADERS, body });

export default {
  name: 'protocol',
  about: 'Methods, actions and query parameters of the endpoint.',
  described,
  exchanges: [
    discover(),
    health(),
    get([], 'no action'),
    get([['action', '']], 'an empty action'),
    get([['workflowId', 'protocol-one']], 'no action, a workflow'),
    get([['action', 'nope']], 'GET with an unknown action'),
    get([['action', 'Discover']], 'actions are case-sensitive'),
    get([['action', ' discover']], 'an action with a space'),
    ...['execute', 'preview', 'trigger'].map((action) => get([['action', action], ['workflowId', 'protocol-one'], ['stepId', 'a']], `GET ${action}`)),
    ...['discover', 'health-check', 'code', 'nope', ''].map((action) => post([['action', action], ['workflowId', 'protocol-one']], `POST with the action "${action}"`)),
    post([], 'POST without an action'),
    ...['PUT', 'PATCH', 'DELETE', 'HEAD'].flatMap((method) => [
      ask(method, [], `${method} without an action`),
      ask(method, [['action', 'discover']], `${method} discover`),
      ask(method, run, `${method} execute`, method === 'HEAD' ? {} : { headers: JSON_HEADERS, body: event() }),
      ask(method, [['action', 'nope']], `${method} with an unknown action`),
    ]),
    ...[[], [['action', 'discover']], run, [['action', 'nope']]].map((query) => ask('OPTIONS', query, `OPTIONS ${new URLSearchParams(query)}`.trim())),
    ask('OPTIONS', run, 'a preflight', { headers: { origin: 'https://dashboard.acme.test', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,novu-signature', 'access-control-request-private-network': 'true' } }),
    get([['action', 'code'], ['workflowId', 'protocol-one']], 'code of a workflow'),
    get([['action', 'code'], ['workflowId', 'protocol-one'], ['stepId', 'b']], 'code of a step'),
    get([['action', 'code'], ['workflowId', 'protocol-one'], ['stepId', '']], 'code with an empty step'),
    get([['action', 'code']], 'code of nothing'),
    get([['action', 'code'], ['workflowId', 'nowhere']], 'code of an unknown workflow'),
    get([['action', 'code'], ['workflowId', 'protocol-one'], ['stepId', 'nowhere']], 'code of an unknown step'),
    get([['action', 'code'], ['stepId', 'a']], 'code of a step of nothing'),
    post([['action', 'agent-event']], 'an event for no agent'),
    post([['action', 'agent-event'], ['agentId', 'nobody'], ['event', 'message']], 'an event for an unknown agent'),
    get([['action', 'agent-event'], ['agentId', 'nobody']], 'GET agent-event'),
    post(run, 'execute'),
    post([...run, ['jobId', '1'], ['environmentType', 'dev']], 'unknown parameters'),
    post([['action', 'execute'], ['action', 'preview'], ['workflowId', 'protocol-one'], ['workflowId', 'protocol-two'], ['stepId', 'a'], ['stepId', 'b']], 'every parameter twice'),
    post([['stepId', 'b'], ['workflowId', 'protocol-two'], ['action', 'execute'], ['workflowId', 'protocol-one'], ['stepId', 'a']], 'parameters twice in another order'),
    post([['workflowId', 'protocol-one'], ['stepId', 'a'], ['action', 'execute']], 'parameters in another order'),
    post([['action', 'execute'], ['workflowId', 'protocol-one']], 'execute without a step'),
    post([['action', 'execute'], ['stepId', 'a']], 'execute without a workflow'),
    post([['action', 'execute']], 'execute without either'),
    post([['action', 'preview'], ['workflowId', 'protocol-one']], 'preview without a step'),
    post([['action', 'preview'], ['workflowid', 'protocol-one'], ['stepId', 'a']], 'parameter names are case-sensitive'),
    get([['action', 'discover'], ['workflowId', 'protocol-one']], 'discover with a workflow'),
    ask('GET', [['action', 'discover']], 'discover with a body', { headers: JSON_HEADERS, body: { a: 1 } }),
    ask('GET', [['action', 'health-check']], 'health check with odd headers', { headers: { accept: 'text/html', 'novu-signature': 'nonsense', 'x-other': 'u' } }),
    ask('POST', run, 'execute with a signature nobody asked for', { headers: { ...JSON_HEADERS, 'novu-signature': 'nonsense' }, body: event() }),
  ],
};

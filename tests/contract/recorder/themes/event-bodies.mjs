// What Novu might send and what somebody else might: parts missing, of the wrong type, in any order, and bodies that are no event.

import { JSON_HEADERS, discover, event, execute, executeBody, health, left, preview, previewBody, seen } from '../requests.mjs';

const anything = { type: 'object', additionalProperties: true };
const order = { type: 'object', properties: { id: { type: 'string' }, total: { type: 'number', default: 0 } }, required: ['id'], additionalProperties: false };

// What a preview is given of a payload and of a result, and what it makes up.
const partly = {
  type: 'object',
  properties: {
    inner: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a', 'b'], additionalProperties: false },
    text: { type: 'string' },
    said: { type: 'string', default: 'by default' },
    optional: { type: 'string' },
    filled: { type: 'string', default: 'if absent' },
  },
  required: ['inner', 'text', 'said'],
  additionalProperties: false,
};

const described = [
  {
    workflowId: 'events-plain',
    payloadSchema: order,
    steps: [
      { stepId: 'inbox', type: 'in_app', outputs: { body: { $join: ['Order ', { $: 'payload.id' }] } } },
      { stepId: 'wait', type: 'delay', outputs: { amount: 1, unit: 'hours' } },
      { stepId: 'sum', type: 'custom', outputSchema: { type: 'object', properties: { total: { type: 'number' } }, required: ['total'], additionalProperties: false }, outputs: { total: { $: 'payload.total' } } },
      {
        stepId: 'report',
        type: 'custom',
        outputSchema: anything,
        outputs: { id: { $: 'payload.id' }, read: { $: 'steps.inbox.read' }, waited: { $: 'steps.wait.duration' }, total: { $: 'steps.sum.total' } },
      },
    ],
  },
  {
    workflowId: 'events-one-step',
    steps: [{ stepId: 'only', type: 'sms', outputs: { body: 'Hello' } }],
  },
  {
    workflowId: 'events-previewed',
    payloadSchema: partly,
    steps: [
      { stepId: 'earlier', type: 'custom', outputSchema: partly, outputs: {} },
      { stepId: 'step', type: 'custom', outputSchema: anything, outputs: { payload: { $: 'payload' }, result: { $: 'steps.earlier' } } },
    ],
  },
  {
    workflowId: 'events-echo',
    payloadSchema: anything,
    steps: [{ stepId: 'echo', type: 'custom', outputSchema: anything, outputs: { $: 'payload' } }],
  },
  { workflowId: 'events-no-steps', steps: [] },
  {
    workflowId: 'events-échange ☂',
    steps: [{ stepId: 'étape 1/2', type: 'sms', outputs: { body: 'Grüße' } }],
  },
];

/** The payload `{v}` echoed, its JSON written as given. */
const echo = (name, v) => ({
  name: `echo: ${name}`,
  request: { method: 'POST', query: [['action', 'execute'], ['workflowId', 'events-echo'], ['stepId', 'echo']], headers: JSON_HEADERS, bodyText: `{"payload":{"v":${v}},"controls":{},"state":[]}` },
});

const payload = { id: 'o-1', total: 12.5 };
const wait = left('wait', { duration: 3600000 });
const sum = left('sum', { total: 12.5 });
const inbox = seen('inbox');
const state = [sum, wait, inbox];

const W = 'events-plain';
const exchanges = [
  discover(),
  health(),
  execute(W, 'inbox', { payload }, 'the first step'),
  execute(W, 'wait', { payload, state: [inbox] }, 'the second step'),
  execute(W, 'sum', { payload, state: [wait, inbox] }, 'the third step'),
  execute(W, 'report', { payload, state }, 'the last step, nearest first'),
  execute(W, 'report', { payload, state: [inbox, wait, sum] }, 'the last step, oldest first'),
  execute(W, 'report', { payload, state: [wait, sum, inbox] }, 'the last step, in no order'),
  execute(W, 'report', { payload, state: [...state, left('stranger', { a: 1 })] }, 'a stranger in state'),
  execute(W, 'report', { payload, state: [left('inbox', { seen: false, read: true, lastSeenDate: null, lastReadDate: null }), ...state] }, 'a step twice in state'),
  execute(W, 'inbox', { payload, state }, 'a step with its own result in state'),
  execute(W, 'report', { payload, state: [wait, inbox] }, 'state without one'),
  execute(W, 'report', { payload, state: [] }, 'state empty'),
  execute(W, 'wait', { payload, state: [sum] }, 'state with another one'),
  execute(W, 'report', { payload, state: [{ stepId: 'inbox' }, wait, sum] }, 'an entry without outputs'),
  execute(W, 'report', { payload, state: [{ stepId: 'inbox', outputs: null }, wait, sum] }, 'an entry with null for outputs'),
  execute(W, 'report', { payload, state: [{ stepId: 'inbox', outputs: [] }, wait, sum] }, 'an entry with a list for outputs'),
  execute(W, 'report', { payload, state: [{ stepId: 'inbox', outputs: inbox.outputs }, { stepId: 'wait', outputs: wait.outputs }, { stepId: 'sum', outputs: sum.outputs }] }, 'entries without state'),
  execute(W, 'report', { payload, state: [left('inbox', {}), wait, sum] }, 'an in-app result that is empty'),
  execute(W, 'report', { payload, state: [left('inbox', { ...inbox.outputs, read: 'yes' }), wait, sum] }, 'an in-app result of the wrong type'),
  execute(W, 'report', { payload, state: [left('inbox', { ...inbox.outputs, lastSeenDate: 'yesterday' }), wait, sum] }, 'an in-app result with a wrong date'),
  execute(W, 'report', { payload, state: [left('inbox', { ...inbox.outputs, archived: true }), wait, sum] }, 'an in-app result with an unknown key'),
  execute(W, 'report', { payload, state: [inbox, left('wait', { duration: '1h' }), sum] }, 'a delay result of the wrong type'),
  execute(W, 'report', { payload, state: [inbox, wait, left('sum', { total: '12' })] }, 'a custom result of the wrong type'),
  execute(W, 'report', { payload, state: [inbox, wait, left('sum', {})] }, 'a custom result that is empty'),
  preview(W, 'report', { payload, state }, 'previewed with everything'),
  preview(W, 'report', { payload: undefined }, 'previewed with nothing'),
  preview(W, 'report', { payload, state: [wait] }, 'previewed with part of the state'),
  preview(W, 'report', { payload: {}, state: [] }, 'previewed with an empty payload'),
  preview(W, 'report', { payload: { total: 3 }, state: [] }, 'previewed with part of the payload'),
  preview(W, 'report', { payload: null, state: [] }, 'previewed with null for a payload'),
  preview(W, 'report', { payload: 'x', state: [] }, 'previewed with text for a payload'),
  preview(W, 'report', { payload, state: [left('sum', { total: 'as it is' }), left('inbox', { odd: 1 })] }, 'previewed with results of the wrong type'),

  ...[
    ['everything', { inner: { a: 'A', b: 'B' }, text: 'T', said: 'S', optional: 'O', filled: 'F' }],
    ['nothing', {}],
    ['an inner value', { inner: { a: 'A', b: 'B' } }],
    ['part of an inner object', { inner: { a: 'A' } }],
    ['an unknown key', { unknown: 1 }],
    ['a value of the wrong type', { text: 5 }],
    ['null', { text: null }],
    ['an unknown inner key', { inner: { a: 'A', b: 'B', c: 'C' } }],
    ['the optional', { optional: 'O' }],
  ].flatMap(([name, value]) => [
    preview('events-previewed', 'step', { payload: value, state: [left('earlier', { inner: { a: 'x', b: 'y' }, text: 't', said: 's' })] }, `a payload with ${name}, previewed`),
    preview('events-previewed', 'step', { payload: { inner: { a: 'x', b: 'y' }, text: 't', said: 's' }, state: [left('earlier', value)] }, `a result with ${name}, previewed`),
  ]),
  preview('events-previewed', 'step', { payload: undefined, state: [{ stepId: 'earlier' }] }, 'a result without outputs, previewed'),
  preview('events-previewed', 'step', { payload: 5, state: [left('earlier', null)] }, 'a payload that is a number, a result that is null, previewed'),

  execute(W, 'inbox', { payload: {} }, 'payload without what is required'),
  execute(W, 'inbox', { payload: { id: 5 } }, 'payload of the wrong type'),
  execute(W, 'inbox', { payload: { id: 'a', more: 1 } }, 'payload with an unknown key'),
  ...[['null', null], ['text', 'x'], ['a list', []], ['a number', 1], ['false', false], ['zero', 0], ['empty text', '']].map(([name, value]) =>
    execute(W, 'inbox', { payload: value }, `payload is ${name}`)
  ),
  executeBody(W, 'inbox', { controls: {}, state: [], subscriber: {} }, 'payload is absent'),

  executeBody(W, 'inbox', { payload }, 'payload alone'),
  executeBody(W, 'inbox', { payload, controls: {} }, 'no state for the first step'),
  executeBody(W, 'report', { payload, controls: {} }, 'no state for the last step'),
  previewBody(W, 'report', { payload, controls: {} }, 'no state for the last step, previewed'),
  ...[['null', null], ['an object', {}], ['a number', 1], ['a list of null', [null]], ['a list of text', ['x']], ['a list of lists', [[]]], ['a list of objects without stepId', [{ outputs: {} }]]].flatMap(([name, value]) => [
    execute(W, 'inbox', { payload, state: value }, `state is ${name}, first step`),
    execute(W, 'wait', { payload, state: value }, `state is ${name}, second step`),
  ]),
  ...[['null', null], ['text', 'x'], ['a list', []], ['a number', 1]].flatMap(([name, value]) => [
    execute(W, 'inbox', { payload, subscriber: value }, `subscriber is ${name}`),
    execute(W, 'inbox', { payload, context: value }, `context is ${name}`),
    execute(W, 'inbox', { payload, env: value }, `env is ${name}`),
  ]),
  execute(W, 'inbox', { payload, actor: { subscriberId: 'a' }, jobId: 'j', extra: { a: [1] } }, 'unknown keys in the body'),
  execute(W, 'inbox', { payload: { id: 'x'.repeat(20000) } }, 'a large payload'),
  execute(W, 'inbox', { payload: { id: '日本語 👩‍👩‍👧 \u0000 \u2028 "quoted" \\' } }, 'unicode'),
  execute(W, 'inbox', { payload: { id: 'a', constructor: 1 } }, 'a key that is a word of JavaScript'),

  execute(W, 'nowhere', { payload, state }, 'unknown step with the whole state'),
  execute(W, 'nowhere', { payload, state: [] }, 'unknown step with no state'),
  preview(W, 'nowhere', { payload }, 'unknown step previewed'),
  execute('nowhere', 'inbox', { payload }, 'unknown workflow'),
  preview('nowhere', 'inbox', { payload }, 'unknown workflow previewed'),
  execute('Events-Plain', 'inbox', { payload }, 'ids are case-sensitive'),
  execute('', '', { payload }, 'empty ids'),
  execute('events-no-steps', 'any', {}, 'a workflow without steps'),
  execute('events-échange ☂', 'étape 1/2', {}, 'ids that need escaping'),
  execute('constructor', 'toString', {}, 'ids that are words of JavaScript'),

  ...[['null', null], ['text', 'text'], ['a number', 5], ['true', true], ['an empty list', []], ['a list', [event({ payload })]], ['an empty object', {}]].map(([name, body]) =>
    executeBody('events-one-step', 'only', body, `the body is ${name}`)
  ),
  { name: 'no body', request: { method: 'POST', query: [['action', 'execute'], ['workflowId', 'events-one-step'], ['stepId', 'only']], headers: {} } },
  { name: 'an empty body', request: { method: 'POST', query: [['action', 'execute'], ['workflowId', 'events-one-step'], ['stepId', 'only']], headers: JSON_HEADERS, bodyText: '' } },
  { name: 'a body with whitespace', request: { method: 'POST', query: [['action', 'execute'], ['workflowId', 'events-one-step'], ['stepId', 'only']], headers: JSON_HEADERS, bodyText: '  {\n  "payload" : { } ,\n "controls":{}, "state":[]}\n' } },
  { name: 'a body with repeated keys', request: { method: 'POST', query: [['action', 'execute'], ['workflowId', 'events-plain'], ['stepId', 'inbox']], headers: JSON_HEADERS, bodyText: '{"payload":{"id":"first"},"payload":{"id":"last"},"controls":{},"state":[]}' } },
  { name: 'a body with escapes', request: { method: 'POST', query: [['action', 'execute'], ['workflowId', 'events-plain'], ['stepId', 'inbox']], headers: JSON_HEADERS, bodyText: '{"payload":{"id":"\\u00e9\\ud83d\\ude00\\/"},"controls":{},"state":[]}' } },
  echo('numbers', '[1.0, 1e21, -0.0, 1e-7, 1.10, 0.1, 123456789012, 9007199254740991, 5e-324, 1.7976931348623157e308]'),
  echo('a number too large for a number', '1e999'),
  echo('an integer too large to be exact', '12345678901234567890'),
  echo('half a character', '"\\ud800 and \\udc00"'),
  echo('escapes', '"\\u0000 \\u001f \\u007f \\u2028 \\n\\t\\/ \\\\ \\""'),
  echo('keys of every kind', '{"": 1, "a b": 2, "10": 3, "2": 4, "é": 5, "a.b": 6, "$": 7}'),
  echo('nesting', `${'['.repeat(60)}${']'.repeat(60)}`),
  { name: 'a content type with a charset', request: { method: 'POST', query: [['action', 'execute'], ['workflowId', 'events-one-step'], ['stepId', 'only']], headers: { 'content-type': 'application/json; charset=utf-8' }, body: event() } },
];

export default {
  name: 'event-bodies',
  about: 'The body of execute and preview: missing, wrong and odd parts, state in any order, ids that are unknown.',
  described,
  exchanges,
};

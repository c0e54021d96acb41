import { EVENT, body, request } from '../turns.mjs';

const agents = [
  { agentId: 'first', handlers: { onMessage: [{ do: 'return', value: 'first' }] } },
  { agentId: 'Two words', handlers: { onMessage: [{ do: 'return', value: 'two' }] } },
  { agentId: 'ünï', handlers: { onMessage: [{ do: 'return', value: 'unicode' }] } },
];
const post = (name, query, given = body('onMessage')) => ({ name, request: { method: 'POST', query, body: given } });
const of = (agentId, event = 'onMessage') => [['action', 'agent-event'], ['agentId', agentId], ['event', event]];
const ask = (name, method, query) => ({ name, request: { method, query } });

export default {
  name: 'protocol',
  about: 'Which agent an event is for, and what the bridge answers.',
  agents,
  exchanges: [
    ask('discovery', 'GET', [['action', 'discover']]),
    ask('GET of an event', 'GET', of('first')),
    ask('PUT of an event', 'PUT', of('first')),
    ask('OPTIONS of an event', 'OPTIONS', of('first')),
    ...['first', 'Two words', 'ünï', 'FIRST', ' first', 'other', ''].map((id) => post(`the agent ${JSON.stringify(id)}`, of(id))),
    post('no agent', [['action', 'agent-event'], ['event', 'onMessage']]),
    post('no event', [['action', 'agent-event'], ['agentId', 'first']]),
    post('the agent twice', [...of('first'), ['agentId', 'other']]),
    post('an unknown action', [['action', 'agent'], ['agentId', 'first']]),
    post('the agent of the body', of('first'), { ...body('onMessage'), agentId: 'Two words' }),
    ...[['{}', {}], ['a list', []], ['a number', 7], ['a text', 'x'], ['null', null]].map(([name, given]) => post(`the body is ${name}`, of('first'), given)),
    post('an unknown agent without a body', of('other'), {}),
    { name: 'a whole event', request: request('first', 'onMessage', { conversationId: EVENT.conversationId }) },
  ],
};

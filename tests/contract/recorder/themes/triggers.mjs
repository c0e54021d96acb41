// The trigger action: the body goes on to the Novu API, its answer comes back.

import { JSON_HEADERS } from '../requests.mjs';

const described = [
  { workflowId: 'trigger-plain', steps: [{ stepId: 'a', type: 'sms', outputs: { body: 'A' } }] },
  { workflowId: 'trigger-schema', payloadSchema: { type: 'object', properties: { x: { type: 'string' }, d: { type: 'integer', default: 4 } }, required: ['x'], additionalProperties: false }, steps: [{ stepId: 'a', type: 'sms', outputs: { body: 'A' } }] },
];

const accepted = { status: 201, body: { data: { acknowledged: true, status: 'processed', transactionId: 'txn_1' } } };
const trigger = (name, body, { workflowId = 'trigger-plain', response = accepted } = {}) => ({
  name,
  api: { response },
  request: { method: 'POST', query: [['action', 'trigger'], ['workflowId', workflowId]], headers: JSON_HEADERS, body },
});
const to = 'ann';

export default {
  name: 'triggers',
  about: 'The trigger action: what is asked of the Novu API and what comes back.',
  described,
  exchanges: [
    trigger('least', { to }),
    trigger('a payload', { to, payload: { a: 1, b: [null, { c: 'ü' }] } }),
    trigger('a subscriber', { to: { subscriberId: 'ann', email: 'ann@acme.test', data: { a: 1 } }, payload: {} }),
    trigger('a topic', { to: { type: 'Topic', topicKey: 'news' }, payload: {} }),
    trigger('several', { to: ['ann', { subscriberId: 'bob' }, { type: 'Topic', topicKey: 'news' }], payload: {} }),
    trigger('everything', { to, payload: { x: '1' }, transactionId: 'own-1', overrides: { providers: { sendgrid: { templateId: 'x' } } }, actor: { subscriberId: 'bob' }, context: { tenant: 'acme' }, bridgeUrl: 'https://acme.test/api/novu', controls: { steps: { a: { b: 1 } } } }),
    trigger('unknown keys', { to, payload: {}, name: 'other', workflowId: 'other', foo: 1 }),
    trigger('a payload that fits its schema', { to, payload: { x: '1' } }, { workflowId: 'trigger-schema' }),
    trigger('an agent', { to, agentId: 'support-bot' }),
    trigger('an agent that is empty', { to, agentId: '' }),
    trigger('an agent that is null', { to, agentId: null }),
    trigger('no to', { payload: {} }),
    trigger('an empty body', {}),
    trigger('the API has another status for yes', { to }, { response: { status: 200, body: { data: { acknowledged: true, status: 'trigger_not_active' } } } }),
    trigger('the API says 400', { to }, { response: { status: 400, body: { statusCode: 400, message: 'Workflow was not found', error: 'Bad Request' } } }),
    trigger('the API says 401', { to }, { response: { status: 401, body: { statusCode: 401, message: 'API Key not found', error: 'Unauthorized' } } }),
    trigger('the API says 422', { to }, { response: { status: 422, body: { statusCode: 422, message: 'Validation Error', errors: { general: { messages: ['to must be set'] } } } } }),
    trigger('the API says 500', { to }, { response: { status: 500, body: { statusCode: 500, message: 'Internal server error' } } }),
  ],
};

// What each kind of step accepts as its output: the resolver hands over its controls, the requests vary them.

import { discover, execute, health, preview } from '../requests.mjs';

const anything = { type: 'object', additionalProperties: true };

const wholeCard = {
  type: 'card',
  title: 'Order 1001',
  subtitle: 'On its way',
  imageUrl: 'https://acme.test/parcel.png',
  children: [
    { type: 'text', content: 'Your parcel left.', style: 'bold' },
    { type: 'image', url: 'https://acme.test/map.png', alt: 'Map' },
    { type: 'divider' },
    { type: 'link', label: 'Track', url: 'https://acme.test/track' },
    { type: 'fields', children: [{ type: 'field', label: 'Weight', value: '2 kg' }] },
    { type: 'table', headers: ['Item', 'Count'], rows: [['Pen', '2'], ['Ink', '1']], align: ['left', 'right'] },
    { type: 'section', children: [{ type: 'text', content: 'Inside a section' }] },
    {
      type: 'actions',
      children: [
        { type: 'link-button', label: 'Open', url: 'https://acme.test', style: 'primary' },
        { type: 'button', id: 'ok', label: 'OK', value: '1' },
        { type: 'select', id: 'slot', label: 'Slot', options: [{ label: 'Morning', value: 'am' }] },
        { type: 'radio_select', id: 'where', label: 'Where', options: [{ label: 'Door', value: 'door', description: 'At the door' }] },
      ],
    },
  ],
};

// kind: [name of the case, controls]
const CASES = {
  email: [
    ['least', { subject: 'Hi', body: 'Text' }],
    ['whole', { subject: 'Hi', body: '<p>Text</p>', from: { email: 'a@acme.test', name: 'Acme' }, replyTo: 'r@acme.test', preheader: 'Soon', useProviderDefaults: true }],
    ['nothing', {}],
    ['no body', { subject: 'Hi' }],
    ['empty subject', { subject: '', body: 'x' }],
    ['empty body', { subject: 'Hi', body: '' }],
    ['body is a number', { subject: 'Hi', body: 5 }],
    ['subject is null', { subject: null, body: 'x' }],
    ['unknown keys', { subject: 'Hi', body: 'x', cc: ['a@b.test'], attachments: [] }],
    ['unknown key in from', { subject: 'Hi', body: 'x', from: { email: 'a@b.test', role: 'x' } }],
    ['from is text', { subject: 'Hi', body: 'x', from: 'a@b.test' }],
    ['unicode', { subject: 'Grüße 👋', body: '<p>日本語 – ñ</p>' }],
    ['a long body', { subject: 'Long', body: `<p>${'All work and no play. '.repeat(400)}</p>` }],
  ],
  in_app: [
    ['least', { body: 'Hello' }],
    ['subject alone', { subject: 'Hello' }],
    ['nothing', {}],
    ['empty body', { body: '' }],
    ['empty body beside a subject', { subject: 'Hi', body: '' }],
    ['whole', { subject: 'S', body: 'B', avatar: 'https://acme.test/a.png', primaryAction: { label: 'Go', redirect: { url: 'https://acme.test/x', target: '_self' } }, secondaryAction: { label: 'No' }, data: { a: 1, b: ['x'], c: { d: true } }, redirect: { url: '/inside' } }],
    ['avatar is no address', { body: 'B', avatar: 'a.png' }],
    ['redirect without a target', { body: 'B', redirect: { url: 'https://acme.test' } }],
    ['redirect to mailto', { body: 'B', redirect: { url: 'mailto:a@acme.test' } }],
    ['redirect with spaces', { body: 'B', redirect: { url: 'https://acme.test/a b' } }],
    ['redirect to a path', { body: 'B', redirect: { url: '/settings?tab=1' } }],
    ['unknown target', { body: 'B', redirect: { url: '/x', target: '_new' } }],
    ['action without a label', { body: 'B', primaryAction: { redirect: { url: '/x' } } }],
    ['action with redirect to a path', { body: 'B', primaryAction: { label: 'Go', redirect: { url: '/x' } } }],
    ['unknown keys', { body: 'B', foo: 1, primaryAction: { label: 'Go', bar: 2 } }],
    ['data is a list', { body: 'B', data: [] }],
    ['data with null', { body: 'B', data: { nothing: null } }],
    ['data with markup', { body: 'B', data: { html: '<b onclick="x()">b</b><script>s</script>', n: 1, flag: false, list: ['<i>i</i>', 2] } }],
  ],
  sms: [
    ['least', { body: 'Hello' }],
    ['nothing', {}],
    ['empty', { body: '' }],
    ['a number', { body: 1 }],
    ['unknown keys', { body: 'x', to: '+49' }],
    ['markup stays', { body: '<b>bold</b> & <script>1</script>' }],
  ],
  push: [
    ['least', { subject: 'S', body: 'B' }],
    ['no subject', { body: 'B' }],
    ['no body', { subject: 'S' }],
    ['empty texts', { subject: '', body: '' }],
    ['unknown keys', { subject: 'S', body: 'B', badge: 1 }],
  ],
  chat: [
    ['text', { body: 'Hello' }],
    ['nothing', {}],
    ['card', { card: wholeCard }],
    ['card and text', { body: 'Hello', card: { type: 'card', children: [] } }],
    ['card without children', { card: { type: 'card' } }],
    ['card of another type', { card: { type: 'block', children: [] } }],
    ['child of unknown type', { card: { type: 'card', children: [{ type: 'video', url: 'x' }] } }],
    ['text without content', { card: { type: 'card', children: [{ type: 'text' }] } }],
    ['unknown keys in a card', { card: { type: 'card', color: 'red', children: [{ type: 'text', content: 'x', size: 3 }] }, foo: 1 }],
    ['body is a list', { body: ['x'] }],
  ],
  tool: [
    ['least', { body: 'Alert' }],
    ['nothing', {}],
    ['unknown keys', { body: 'Alert', severity: 'high' }],
  ],
  digest: [
    ['regular', { amount: 1, unit: 'hours' }],
    ['regular by name', { type: 'regular', amount: 5, unit: 'minutes', digestKey: 'postId' }],
    ['look back', { amount: 1, unit: 'days', lookBackWindow: { amount: 5, unit: 'minutes' } }],
    ['timed', { cron: '0 9 * * *' }],
    ['timed by name', { type: 'timed', cron: '0 9 * * 1', digestKey: 'k', extendToSchedule: true }],
    ['both', { amount: 1, unit: 'hours', cron: '0 9 * * *' }],
    ['nothing', {}],
    ['unknown unit', { amount: 1, unit: 'years' }],
    ['amount is text', { amount: '1', unit: 'hours' }],
    ['timed without cron', { type: 'timed' }],
    ['unknown type', { type: 'weekly', amount: 1, unit: 'days' }],
    ['look back without a unit', { amount: 1, unit: 'days', lookBackWindow: { amount: 1 } }],
    ['unknown keys', { amount: 1, unit: 'hours', foo: 'bar', lookBackWindow: { amount: 1, unit: 'hours', x: 1 } }],
  ],
  delay: [
    ['regular', { amount: 30, unit: 'seconds' }],
    ['regular by name', { type: 'regular', amount: 2, unit: 'months', extendToSchedule: false }],
    ['timed', { type: 'timed', cron: '0 9 * * *' }],
    ['dynamic', { type: 'dynamic', dynamicKey: 'payload.when' }],
    ['dynamic unnamed', { dynamicKey: 'payload.when' }],
    ['nothing', {}],
    ['amount without unit', { amount: 1 }],
    ['negative amount', { amount: -1, unit: 'days' }],
    ['fraction', { amount: 1.5, unit: 'weeks' }],
    ['unknown type', { type: 'someday', amount: 1, unit: 'days' }],
    ['two kinds at once', { cron: '* * * * *', dynamicKey: 'payload.when' }],
    ['unknown keys', { amount: 1, unit: 'days', until: 'x' }],
  ],
  throttle: [
    ['fixed', { type: 'fixed', amount: 1, unit: 'hours', threshold: 3 }],
    ['dynamic', { type: 'dynamic', dynamicKey: 'payload.until', threshold: 1, throttleKey: 'postId' }],
    ['no type', { amount: 1, unit: 'hours', threshold: 1 }],
    ['type alone', { type: 'fixed' }],
    ['unknown unit', { type: 'fixed', amount: 1, unit: 'seconds' }],
    ['unknown type', { type: 'sliding' }],
    ['unknown keys', { type: 'fixed', amount: 1, unit: 'days', burst: 4 }],
  ],
  custom: [
    ['nothing', {}],
    ['anything', { a: 1, b: [null, { c: 'd' }] }],
  ],
};

const described = [];
const exchanges = [discover(), health()];

for (const [type, cases] of Object.entries(CASES)) {
  const workflowId = `outputs-${type}`;
  described.push({
    workflowId,
    steps: [{ stepId: 'step', type, controlSchema: anything, outputs: { $: 'controls' } }],
  });
  for (const [name, controls] of cases) exchanges.push(execute(workflowId, 'step', { controls }, `${type}: ${name}`));
  exchanges.push(preview(workflowId, 'step', { controls: cases[0][1] }, `${type}: previewed`));
  exchanges.push(preview(workflowId, 'step', { controls: {} }, `${type}: previewed with nothing`));
}

// A custom step's output is what its schema says.
const outputSchemas = {
  closed: { type: 'object', properties: { total: { type: 'number' }, currency: { type: 'string', default: 'EUR' } }, required: ['total'], additionalProperties: false },
  nested: { type: 'object', properties: { rows: { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'], additionalProperties: false } } }, additionalProperties: false },
};
for (const [name, outputSchema] of Object.entries(outputSchemas)) {
  described.push({
    workflowId: `outputs-custom-${name}`,
    steps: [{ stepId: 'step', type: 'custom', controlSchema: anything, outputSchema, outputs: { $: 'controls' } }],
  });
}
for (const [name, controls] of [['whole', { total: 1, currency: 'USD' }], ['default', { total: 0.5 }], ['missing', {}], ['wrong', { total: 'x' }], ['unknown keys', { total: 1, x: 1 }]]) {
  exchanges.push(execute('outputs-custom-closed', 'step', { controls }, `custom closed: ${name}`));
}
for (const [name, controls] of [['rows', { rows: [{ id: 1 }, { id: 2, x: 1 }] }], ['wrong row', { rows: [{ id: 1 }, { id: 'two' }] }], ['no rows', {}]]) {
  exchanges.push(execute('outputs-custom-nested', 'step', { controls }, `custom nested: ${name}`));
}

// Resolvers that hand over something else than an object.
for (const [name, outputs] of [['null', null], ['text', 'text'], ['list', [1]], ['number', 5], ['true', true]]) {
  described.push({ workflowId: `outputs-no-object-${name}`, steps: [{ stepId: 'step', type: 'sms', outputs }] });
  exchanges.push(execute(`outputs-no-object-${name}`, 'step', {}, `resolver gives ${name}`));
}

export default {
  name: 'step-outputs',
  about: 'What each kind of step accepts, fills in, drops and refuses as its output.',
  described,
  exchanges,
};

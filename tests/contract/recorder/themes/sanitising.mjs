// HTML in outputs: cleaned for email and in-app unless a step says otherwise, left alone elsewhere.
// The rules of the cleaning itself are recorded in ../../html; this is where they apply.

import { discover, execute, health, preview } from '../requests.mjs';

const texts = { type: 'object', additionalProperties: true };
const DIRTY = '<!DOCTYPE html><html><head><title>T</title><style>p{color:red}</style></head><body><!-- note --><p onclick="x()" class="a" style="color:red">Hi &amp; <a href="javascript:alert(1)">bye</a> <img src="https://acme.test/a.png" onerror="x()"><script>alert(1)</script></p></body></html>';

const step = (type, outputs, rest = {}) => ({ stepId: 'step', type, controlSchema: texts, outputs, ...rest });

const described = [
  { workflowId: 'clean-email', steps: [step('email', { subject: { $: 'controls.subject' }, body: { $: 'controls.body' }, preheader: { $: 'controls.preheader' } })] },
  { workflowId: 'raw-email', steps: [step('email', { subject: { $: 'controls.subject' }, body: { $: 'controls.body' } }, { disableOutputSanitization: true })] },
  { workflowId: 'said-clean-email', steps: [step('email', { subject: { $: 'controls.subject' }, body: { $: 'controls.body' } }, { disableOutputSanitization: false })] },
  { workflowId: 'clean-in-app', steps: [step('in_app', { $: 'controls' })] },
  { workflowId: 'raw-in-app', steps: [step('in_app', { $: 'controls' }, { disableOutputSanitization: true })] },
  ...['sms', 'tool', 'chat'].map((type) => ({ workflowId: `untouched-${type}`, steps: [step(type, { body: { $: 'controls.body' } })] })),
  { workflowId: 'untouched-push', steps: [step('push', { subject: { $: 'controls.subject' }, body: { $: 'controls.body' } })] },
  { workflowId: 'untouched-custom', steps: [step('custom', { $: 'controls' }, { outputSchema: texts })] },
];

const controls = { subject: 'S <b>&</b> <script>x</script>', body: DIRTY };
const inApp = { subject: 'A & <i>b</i>', body: DIRTY, primaryAction: { label: '<b onclick="x">Go</b>', redirect: { url: 'https://acme.test/?a=1&b=2' } }, data: { html: '<p onclick="x">p</p>', list: ['<script>x</script>', 'a < b'], n: 3, yes: true, deep: { er: '<a href="javascript:x">l</a>' } } };

export default {
  name: 'sanitising',
  about: 'Which outputs have their HTML cleaned.',
  described,
  exchanges: [
    discover(),
    health(),
    ...described.map(({ workflowId }) => execute(workflowId, 'step', { controls: workflowId.endsWith('in-app') ? inApp : controls }, workflowId)),
    ...described.slice(0, 5).map(({ workflowId }) => preview(workflowId, 'step', { controls: workflowId.endsWith('in-app') ? inApp : controls }, `${workflowId}, previewed`)),
    execute('clean-email', 'step', { controls: { subject: 'a < b > c & d "e" \'f\'', body: 'plain & simple', preheader: '<b>pre</b>' } }, 'text with signs'),
    execute('clean-email', 'step', { controls: { subject: '<script>gone</script>', body: 'x' } }, 'a subject that is empty once cleaned'),
    execute('clean-in-app', 'step', { controls: { body: '<script>gone</script>' } }, 'a body that is empty once cleaned'),
    execute('clean-in-app', 'step', { controls: { body: 'x', data: { nothing: null } } }, 'null inside data'),
    execute('clean-in-app', 'step', { controls: { body: 'x', data: { list: ['<b>b</b>', null] } } }, 'null inside a list'),
    execute('raw-in-app', 'step', { controls: { body: 'x', data: { nothing: null, list: [null] } } }, 'null, not cleaned'),
    execute('clean-in-app', 'step', { controls: { body: 'x', data: { '<b>key</b>': 'v' }, redirect: { url: '/a?b=1&c=2' } } }, 'keys and addresses'),
  ],
};

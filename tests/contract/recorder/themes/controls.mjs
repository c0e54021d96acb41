// Controls: validated and defaulted by their schema, then compiled as Liquid over every variable.

import { discover, execute, executeBody, health, left, preview, previewBody } from '../requests.mjs';

const anything = { type: 'object', additionalProperties: true };
const string = { type: 'string' };

const described = [
  {
    workflowId: 'controls-open',
    name: 'Open controls',
    description: 'Whatever the dashboard says',
    tags: ['one', 'two'],
    severity: 'medium',
    payloadSchema: { type: 'object', additionalProperties: true },
    steps: [
      { stepId: 'first', type: 'custom', outputSchema: anything, outputs: { answer: 42, list: ['a', 'b'], nested: { deep: 'value' } } },
      { stepId: 'step', type: 'custom', controlSchema: anything, outputSchema: anything, outputs: { $: 'controls' } },
    ],
  },
  {
    workflowId: 'controls-closed',
    payloadSchema: { type: 'object', properties: { name: string }, required: ['name'], additionalProperties: false },
    steps: [
      {
        stepId: 'email',
        type: 'email',
        controlSchema: {
          type: 'object',
          properties: {
            subject: { type: 'string', default: 'Hello {{ payload.name }}' },
            body: { type: 'string', default: '<p>{{ payload.name | upcase }}</p>' },
            footer: { type: 'boolean', default: true },
            count: { type: 'integer', minimum: 1 },
          },
          required: ['subject'],
          additionalProperties: false,
        },
        outputs: { subject: { $: 'controls.subject' }, body: { $: 'controls.body' }, preheader: { $: 'controls.preheader' }, useProviderDefaults: { $: 'controls.footer' } },
      },
    ],
  },
  {
    workflowId: 'controls-none',
    steps: [{ stepId: 'step', type: 'custom', outputSchema: anything, outputs: { controls: { $: 'controls' } } }],
  },
  {
    workflowId: 'controls-of-workflow',
    controlSchema: { type: 'object', properties: { brand: { type: 'string', default: 'Acme' } }, additionalProperties: false },
    steps: [{ stepId: 'step', type: 'custom', outputSchema: anything, controlSchema: anything, outputs: { of_workflow: { $: 'workflowControls' }, of_step: { $: 'controls' } } }],
  },
  {
    workflowId: 'controls-nested',
    steps: [
      {
        stepId: 'step',
        type: 'custom',
        controlSchema: {
          type: 'object',
          properties: {
            actions: { type: 'array', items: { type: 'object', properties: { label: { type: 'string', default: 'Go to {{ subscriber.data.place }}' }, url: string }, required: ['url'], additionalProperties: false } },
            style: { type: 'object', properties: { color: { type: 'string', enum: ['red', 'blue'], default: 'red' } }, additionalProperties: false, default: {} },
          },
          additionalProperties: false,
        },
        outputSchema: anything,
        outputs: { $: 'controls' },
      },
    ],
  },
];

const data = {
  payload: { name: 'Ann', count: 3, price: 9.5, flag: true, nothing: null, list: ['x', 'y', 'z'], users: [{ name: 'Ann' }, { name: 'Bob' }, { name: 'Cid' }], nested: { a: { b: 'c' } }, html: '<b>&</b>', big: 12345678901234567890, when: '2026-01-05T10:30:00Z' },
  subscriber: { subscriberId: 's-1', firstName: 'Ann', lastName: null, email: 'ann@acme.test', data: { place: 'Paris', tier: 2 } },
  context: { tenant: { id: 'acme', data: { plan: 'pro' } } },
  env: { name: 'Production', type: 'prod', REGION: 'eu' },
  actor: { subscriberId: 's-2', firstName: 'Bob' },
  state: [left('first', { answer: 42, list: ['a', 'b'], nested: { deep: 'value' } })],
};

const TEMPLATES = {
  'payload': '{{ payload.name }} {{ payload.count }} {{ payload.price }} {{ payload.flag }}',
  'subscriber': '{{ subscriber.firstName }} {{ subscriber.lastName }} {{ subscriber.email }} {{ subscriber.data.place }} {{ subscriber.subscriberId }}',
  'context': '{{ context.tenant.id }} {{ context.tenant.data.plan }}',
  'env': '{{ env.name }} {{ env.type }} {{ env.REGION }}',
  'actor': '{{ actor.firstName }} {{ actor.subscriberId }}',
  'workflow': '{{ workflow.workflowId }} {{ workflow.name }} {{ workflow.description }} {{ workflow.tags }} {{ workflow.severity }}',
  'workflow whole': '{{ workflow }}',
  'steps': '{{ steps.first.answer }} {{ steps.first.list | join: "+" }} {{ steps.first.nested.deep }}',
  'steps whole': '{{ steps }}',
  'unknown step': '[{{ steps.other.answer }}]',
  'unknown variables': '[{{ nope }}][{{ payload.nope.nope }}][{{ subscriber.nope }}]',
  'controls are no variable': '[{{ controls.text }}]',
  'null and lists': '[{{ payload.nothing }}][{{ payload.list }}][{{ payload.nested }}]',
  'whole payload': '{{ payload.users }}',
  'json filter': '{{ payload.users | json }} {{ payload.name | json }} {{ payload.nothing | json }} {{ payload.list | json: 2 }}',
  'digest filter': '{{ payload.users | digest: 2, "name" }} / {{ payload.list | digest }} / {{ payload.list | digest: 1 }} / {{ payload.users | digest: 2, "name", "; " }}',
  'toSentence filter': '{{ payload.users | toSentence: "name" }} / {{ payload.list | toSentence }} / {{ payload.list | toSentence: "", 2 }}',
  'pluralize filter': '{{ payload.count | pluralize: "event" }} / {{ 1 | pluralize: "event" }} / {{ payload.list | pluralize: "item", "things" }} / {{ 0 | pluralize: "event" }} / {{ 2 | pluralize: "box", "", false }}',
  'unknown filter': '{{ payload.name | nope | upcase }}',
  'if': '{% if payload.count > 2 %}many{% else %}few{% endif %} {% unless payload.flag %}no{% endunless %}',
  'case': '{% case payload.count %}{% when 1 %}one{% when 2, 3 %}two or three{% else %}more{% endcase %}',
  'for': '{% for user in payload.users %}{{ forloop.index }}.{{ user.name }}{% unless forloop.last %}, {% endunless %}{% endfor %}',
  'for else': '{% for x in payload.none %}{{ x }}{% else %}none{% endfor %}',
  'for limits': '{% for x in payload.list limit: 2 offset: 1 %}{{ x }}{% endfor %}{% for i in (1..3) reversed %}{{ i }}{% endfor %}',
  'assign': '{% assign total = payload.count | times: payload.price %}{{ total }}',
  'capture': '{% capture who %}{{ payload.name }}!{% endcapture %}{{ who }}{{ who | size }}',
  'comment and raw': 'a{% comment %}b{% endcomment %}c{% raw %}{{ payload.name }}{% endraw %}',
  'numbers': '{{ 1 | plus: 1.0 }} {{ 10 | divided_by: 4 }} {{ 0.1 | plus: 0.2 }} {{ 1e21 }} {{ payload.big }} {{ 7 | modulo: 3 }} {{ 3.0 }} {{ 1.50 | round: 1 }}',
  'strings': '{{ "hello world" | capitalize | replace: "world", "there" | append: "!" }} {{ "a,b" | split: "," | last }} {{ payload.name | slice: 0, 2 }} {{ "x" | default: "y" }} {{ payload.nothing | default: "y" }}',
  'dates': '{{ payload.when | date: "%Y-%m-%d %H:%M" }} {{ payload.when | date: "%b %d, %y" }}',
  'escape': '{{ payload.html }} {{ payload.html | escape }} {{ payload.html | strip_html }} {{ "a b" | url_encode }}',
  'arrays': '{{ payload.list | first }} {{ payload.list | reverse | join: "" }} {{ payload.users | map: "name" | join: "/" }} {{ payload.users | where: "name", "Bob" | map: "name" }} {{ payload.list | size }} {{ payload.list.size }} {{ payload.list[1] }} {{ payload.users[0].name }} {{ payload["name"] }}',
  'whitespace control': 'a {{- payload.name -}} b {%- if true -%} c {%- endif -%} d',
  'translation': '{{ t.some.key }} and {{ t.other }} {{ payload.name }}',
  'translation as an argument': "{{ payload.count | pluralize: 't.item.one', 't.item.many' }}",
  'operators': '{% if payload.name == "Ann" and payload.list contains "y" or false %}yes{% endif %}{% if payload.name contains "nn" %}yes{% endif %}{% if payload.nothing == nil %}nil{% endif %}{% if payload.list == empty %}empty{% endif %}',
  'cycle and increment': '{% for i in (1..4) %}{% cycle "a", "b" %}{% endfor %}{% increment n %}{% increment n %}',
  'tablerow': '{% tablerow i in (1..2) cols:2 %}{{ i }}{% endtablerow %}',
  'no markup': 'Just text, 100% } %} of it',
  'empty': '',
  'quotes': '{{ "it\'s \\"quoted\\"" }} {{ payload.name | append: \'"\' }}',
  'unicode': '{{ "ünïcödé 👍" | upcase }} {{ payload.name }} – 日本',
  'newlines': 'line one\n{{ payload.name }}\r\n\tline "three" \\ end',
  'a JSON string': '{"type":"doc","name":"{{ payload.name }}","n":"{{ payload.count }}"}',
  'a JSON list': '["{{ payload.name }}", 2]',
};

const BROKEN = {
  'unclosed output': '{{ payload.name',
  'unclosed tag': '{% if payload.name %}',
  'unknown tag': '{% nope %}',
  'empty if': '{% if %}x{% endif %}',
  'stray end': '{% endif %}',
  'for without in': '{% for x payload.list %}{% endfor %}',
  'unclosed tag delimiter': '{% if payload.name',
  'include': '{% include "x" %}',
  'unclosed string': '{{ "abc }}',
  'bad filter': '{{ payload.name | }}',
};

const exchanges = [discover(), health()];

for (const [name, text] of Object.entries(TEMPLATES)) {
  exchanges.push(execute('controls-open', 'step', { ...data, controls: { text } }, `liquid: ${name}`));
  // Controls are compiled as JSON text, where a double quote inside Liquid is escaped: most people write single ones.
  const single = text.replaceAll('"', "'");
  if (single !== text && !text.includes("'")) {
    exchanges.push(execute('controls-open', 'step', { ...data, controls: { text: single } }, `liquid, single quotes: ${name}`));
  }
}
for (const [name, text] of Object.entries(BROKEN)) {
  exchanges.push(execute('controls-open', 'step', { ...data, controls: { text } }, `broken: ${name}`));
}
exchanges.push(
  execute('controls-open', 'step', { ...data, controls: { n: 5, f: 1.5, yes: true, none: null, list: ['{{ payload.name }}', 2, ['{{ payload.count }}']], object: { deep: { text: '{{ payload.name }}' } } } }, 'values of every type'),
  execute('controls-open', 'step', { ...data, controls: { '{{ payload.name }}': 'key', text: 'x' } }, 'Liquid in a key'),
  execute('controls-open', 'step', { ...data, controls: { a: "{% assign x = 'set in a' %}", b: '{{ x }}' } }, 'an assignment seen by the next control'),
  execute('controls-open', 'step', { ...data, controls: { b: '{{ x }}', a: "{% assign x = 'set in a' %}" } }, 'an assignment not seen by the control before'),
  execute('controls-open', 'step', { ...data, controls: { a: '{{ payload.html }}', quote: '{{ payload.list }}' } }, 'markup in values'),
  execute('controls-open', 'step', { ...data, payload: { name: 'He said "hi"\nand \\ left', list: ['"', "'"] }, controls: { text: '{{ payload.name }}', list: '{{ payload.list }}' } }, 'quotes, newlines and backslashes in data'),
  execute('controls-open', 'step', { ...data, payload: { name: '{{ subscriber.firstName }}' }, controls: { text: '{{ payload.name }}' } }, 'data that looks like Liquid'),
  execute('controls-open', 'step', { ...data, controls: {} }, 'no controls'),
  execute('controls-open', 'step', { ...data, state: [left('first', { answer: 1 }), left('first', { answer: 2 })], controls: { text: '{{ steps.first.answer }}' } }, 'a step twice in state'),
  execute('controls-open', 'step', { ...data, subscriber: {}, context: {}, env: {}, actor: undefined, controls: { text: '[{{ subscriber.firstName }}{{ context.tenant.id }}{{ env.name }}{{ actor.firstName }}]' } }, 'empty variables'),
  executeBody('controls-open', 'step', { payload: {}, controls: { text: '[{{ subscriber.firstName }}{{ context.tenant.id }}{{ env.name }}{{ actor.firstName }}{{ subscriber }}]' }, state: [left('first', {})] }, 'absent variables'),
  execute('controls-open', 'step', { ...data, controls: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`c${i}`, `{{ payload.name }} ${i}`])) }, 'sixty controls'),
  preview('controls-open', 'step', { ...data, controls: { text: '{{ payload.name }} {{ steps.first.answer }}' } }, 'previewed with data'),
  preview('controls-open', 'step', { controls: { text: '[{{ payload.name }}]' } }, 'previewed without data'),
  preview('controls-open', 'step', { controls: { text: '{% if %}' } }, 'previewed with a broken template'),

  execute('controls-closed', 'email', { payload: { name: 'Ann' } }, 'defaults'),
  execute('controls-closed', 'email', { payload: { name: 'Ann' }, controls: { subject: 'Hey {{ payload.name }}', footer: false, count: 2 } }, 'given'),
  execute('controls-closed', 'email', { payload: { name: 'Ann' }, controls: { subject: 'x', preheader: 'dropped', foo: { bar: 1 } } }, 'unknown controls dropped'),
  execute('controls-closed', 'email', { payload: { name: 'Ann' }, controls: { subject: 5 } }, 'a control of the wrong type'),
  execute('controls-closed', 'email', { payload: { name: 'Ann' }, controls: { subject: null } }, 'a control that is null'),
  execute('controls-closed', 'email', { payload: { name: 'Ann' }, controls: { count: 0 } }, 'a control below its minimum'),
  execute('controls-closed', 'email', { payload: { name: 'Ann' }, controls: { count: '{{ 3 }}' } }, 'a template where a number is asked'),
  execute('controls-closed', 'email', { payload: { name: 'Ann' }, controls: { subject: '' } }, 'an empty subject'),
  execute('controls-closed', 'email', { payload: { name: 'Ann' }, controls: { subject: '{{ nope }}' } }, 'a subject that compiles to nothing'),
  execute('controls-closed', 'email', { payload: { name: '<script>x</script>Ann' } }, 'markup through a default'),
  preview('controls-closed', 'email', { payload: undefined }, 'defaults previewed without a payload'),
  preview('controls-closed', 'email', { payload: {} }, 'defaults previewed with an empty payload'),
  preview('controls-closed', 'email', { payload: { name: 5 } }, 'previewed with a payload of the wrong type'),
  ...[['controls are null', null], ['controls are a list', []], ['controls are text', 'x'], ['controls are a number', 5]].flatMap(([name, controls]) => [
    execute('controls-closed', 'email', { payload: { name: 'Ann' }, controls }, name),
    preview('controls-closed', 'email', { payload: { name: 'Ann' }, controls }, `${name}, previewed`),
    execute('controls-none', 'step', { controls }, `${name}, for a step without a schema`),
  ]),
  executeBody('controls-closed', 'email', { payload: { name: 'Ann' }, state: [] }, 'no controls key'),
  previewBody('controls-closed', 'email', { payload: { name: 'Ann' }, state: [] }, 'no controls key, previewed'),

  execute('controls-none', 'step', { controls: { a: 1 } }, 'controls without a schema are empty'),
  execute('controls-none', 'step', { controls: { a: '{% if %}' } }, 'a broken template without a schema'),
  execute('controls-of-workflow', 'step', { controls: { brand: 'Other', x: 'y' } }, "a workflow's own controls"),
  execute('controls-of-workflow', 'step', { controls: {} }, "a workflow's own controls by default"),
  execute('controls-of-workflow', 'step', { controls: { brand: 5 } }, "a workflow's own controls of the wrong type"),
  preview('controls-of-workflow', 'step', { controls: {} }, "a workflow's own controls previewed"),
  execute('controls-nested', 'step', { controls: { actions: [{ url: '{{ payload.x }}/a' }, { url: 'b', label: 'L', extra: 1 }] }, subscriber: { data: { place: 'Rome' } } }, 'defaults in lists'),
  execute('controls-nested', 'step', { controls: { actions: [{}], style: { color: 'green' } } }, 'nested mistakes'),
  execute('controls-nested', 'step', { controls: { style: { color: 'blue', weight: 1 } } }, 'nested unknown keys'),
);

export default {
  name: 'controls',
  about: 'Controls: their schema, their defaults, Liquid over every variable, templates that do not parse.',
  described,
  exchanges,
};

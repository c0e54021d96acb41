// Providers: what a workflow says to the email, SMS, push, chat and tool services beside the step's output.

import { discover, execute, health, preview } from '../requests.mjs';

const anything = { type: 'object', additionalProperties: true };

const OUTPUTS = {
  email: { subject: 'Hi', body: 'Text' },
  sms: { body: 'Text' },
  push: { subject: 'Hi', body: 'Text' },
  chat: { body: 'Text' },
  in_app: { body: 'Text' },
  tool: { body: 'Text' },
};

// One workflow a channel and provider, whose provider hands over its controls.
const CASES = {
  email: {
    sendgrid: [
      ['nothing', {}],
      ['some', { templateId: 'd-1', categories: ['a', 'b'], from: { email: 'a@acme.test', name: 'A' } }],
      ['no email address', { from: { email: 'nobody' } }],
      ['unknown key', { nope: 1 }],
      ['passthrough', { _passthrough: { body: { ip_pool_name: 'x' }, headers: { 'X-A': '1' }, query: { q: '2' } } }],
      ['passthrough of wrong types', { _passthrough: { body: 'x', headers: { a: 1 } } }],
      ['passthrough with unknown keys', { _passthrough: { body: {}, cookies: {} } }],
      ['passthrough is text', { _passthrough: 'x' }],
    ],
    mailgun: [['some', { to: 'a@acme.test', oTag: ['x'], custom: 1 }], ['wrong type', { subject: 5 }]],
    mailjet: [['some', { templateId: 5, customId: 'c' }], ['wrong type', { templateId: 'five' }]],
    nodemailer: [['some', { replyTo: 'a@acme.test', priority: 'high', headers: { a: 'b' } }], ['wrong choice', { priority: 'urgent' }]],
    ses: [['anything goes', { a: [1, { b: null }], subject: 5 }], ['nothing', {}]],
    'novu-email': [['nothing goes', { subject: 'x' }], ['passthrough', { _passthrough: { body: { a: 1 } } }]],
  },
  sms: {
    twilio: [['some', { to: '+4912345', from: '+4954321', attempt: 2 }], ['nothing', {}], ['no phone number', { to: '12345' }], ['wrong type', { attempt: 'two' }], ['no address', { statusCallback: 'nowhere' }]],
    nexmo: [['anything goes', { ttl: 5 }]],
  },
  push: {
    fcm: [['some', { priority: 'high', data: { a: 'b' }, timeToLive: 5 }], ['wrong type', { timeToLive: 'x' }]],
    apns: [['some', { topic: 't', badge: 3, aps: { alert: 'x' } }], ['wrong type', { badge: 'three' }]],
    expo: [['some', { ttl: 5, priority: 'default' }], ['wrong choice', { priority: 'urgent' }]],
    'one-signal': [['some', { included_segments: ['All'], name: 'n' }], ['nothing', {}]],
    pushpad: [['anything goes', { a: 1 }]],
  },
  chat: {
    slack: [['some', { text: 't', blocks: [{ type: 'section' }], webhookUrl: 'https://hooks.acme.test/1' }], ['wrong type', { text: 5 }], ['blocks of wrong type', { blocks: 'x' }], ['unknown key', { channel: '#a' }]],
    discord: [['anything goes', { embeds: [{ title: 'x' }] }]],
  },
  in_app: { novu: [['nothing', {}], ['nothing goes', { body: 'x' }]] },
  tool: { pagerduty: [['anything goes', { severity: 'critical', details: { a: 1 } }]] },
};

const described = [];
const exchanges = [discover(), health()];

for (const [type, providers] of Object.entries(CASES)) {
  for (const [provider, cases] of Object.entries(providers)) {
    const workflowId = `provider-${provider}`;
    described.push({
      workflowId,
      steps: [{ stepId: 'step', type, controlSchema: anything, outputs: OUTPUTS[type], providers: { [provider]: { $: 'controls' } } }],
    });
    for (const [name, controls] of cases) exchanges.push(execute(workflowId, 'step', { controls }, `${provider}: ${name}`));
    exchanges.push(preview(workflowId, 'step', { controls: cases[0][1] }, `${provider}: previewed`));
  }
}

described.push(
  {
    workflowId: 'providers-several',
    payloadSchema: anything,
    steps: [
      {
        stepId: 'step',
        type: 'email',
        controlSchema: { type: 'object', properties: { tag: { type: 'string', default: 'news' } }, additionalProperties: false },
        outputs: { subject: { $join: ['Hi ', { $: 'payload.name' }] }, body: '<p onclick="x()">Text & <b>more</b></p>' },
        providers: {
          ses: { subject: { $: 'outputs.subject' }, body: { $: 'outputs.body' }, tag: { $: 'controls.tag' } },
          mailgun: { oTag: [{ $: 'controls.tag' }], html: '<script>kept</script>' },
          postmark: {},
        },
      },
    ],
  },
  { workflowId: 'providers-throw', steps: [{ stepId: 'step', type: 'sms', outputs: { body: 'x' }, providers: { twilio: { $throw: 'no credit' } } }] },
  { workflowId: 'providers-second-throws', steps: [{ stepId: 'step', type: 'sms', outputs: { body: 'x' }, providers: { nexmo: { a: 1 }, telnyx: { $throw: 'out of order' } } }] },
  { workflowId: 'providers-skipped', steps: [{ stepId: 'step', type: 'sms', outputs: { body: 'x' }, skip: true, providers: { twilio: { $throw: 'never' } } }] },
  { workflowId: 'providers-of-failed-output', steps: [{ stepId: 'step', type: 'sms', outputs: {}, providers: { twilio: { $throw: 'never' } } }] }
);
exchanges.push(
  execute('providers-several', 'step', { payload: { name: 'Ann' } }, 'several: outputs and controls'),
  execute('providers-several', 'step', { payload: { name: 'Ann' }, controls: { tag: '{{ payload.name }}' } }, 'several: compiled controls'),
  execute('providers-several', 'step', { payload: {} }, 'several: absent values'),
  preview('providers-several', 'step', { payload: { name: 'Ann' } }, 'several: previewed'),
  execute('providers-throw', 'step', {}, 'a provider that throws'),
  preview('providers-throw', 'step', {}, 'a provider that throws, previewed'),
  execute('providers-second-throws', 'step', {}, 'the second provider throws'),
  execute('providers-skipped', 'step', {}, 'providers of a skipped step'),
  preview('providers-skipped', 'step', {}, 'providers of a step that would be skipped, previewed'),
  execute('providers-of-failed-output', 'step', {}, 'providers of a step with invalid output')
);

export default {
  name: 'providers',
  about: "Providers' own outputs: their schemas, _passthrough, several of one step, failures.",
  described,
  exchanges,
};

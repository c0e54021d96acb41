// Workflows as a team writes them: comments, onboarding, orders, incidents, reports.

import { CronExpression, workflow } from '@novu/framework';
import { discover, execute, health, left, preview, seen } from '../requests.mjs';

const comment = workflow(
  'comment-notification',
  async ({ payload, step }) => {
    const inbox = await step.inApp('new-comment', async () => ({
      subject: `Comment on ${payload.post_id}`,
      body: `New comment: ${payload.comment}`,
      redirect: { url: `/posts/${payload.post_id}` },
    }));

    await step.delay('wait', async () => ({ amount: 6, unit: 'hours' }));

    await step.email(
      'comment-email',
      async (controls) => ({
        subject: controls.subject,
        body: `<p>${payload.comment}</p>${controls.include_footer ? '<footer>Acme</footer>' : ''}`,
      }),
      {
        controlSchema: {
          type: 'object',
          properties: {
            subject: { type: 'string', default: 'New comment on {{ payload.post_id }}' },
            include_footer: { type: 'boolean', default: true },
          },
          additionalProperties: false,
        },
        skip: () => inbox.read,
      }
    );
  },
  {
    name: 'New comment',
    tags: ['social'],
    severity: 'low',
    payloadSchema: {
      type: 'object',
      properties: { comment: { type: 'string' }, post_id: { type: 'string' } },
      required: ['comment', 'post_id'],
      additionalProperties: false,
    },
  }
);

const digest = workflow(
  'weekly-digest',
  async ({ step, subscriber }) => {
    const { events, eventCount } = await step.digest('collect', async (controls) => ({ cron: controls.cron, digestKey: 'team' }), {
      controlSchema: {
        type: 'object',
        properties: { cron: { type: 'string', default: CronExpression.EVERY_WEEK } },
        required: ['cron'],
        additionalProperties: false,
      },
    });

    await step.email(
      'summary',
      async (controls) => ({
        subject: `${subscriber.firstName ?? 'Friend'}, ${controls.headline}`,
        body: `<ul>${events.map((event) => `<li>${event.payload.title ?? 'Untitled'}</li>`).join('')}</ul>`,
      }),
      {
        controlSchema: {
          type: 'object',
          properties: {
            headline: { type: 'string', default: "{{ steps.collect.events | size | pluralize: 'update' }} for you" },
          },
          additionalProperties: false,
        },
        skip: () => events.length === 0,
      }
    );

    await step.custom('count', async () => ({ total: events.length, said: eventCount }), {
      outputSchema: {
        type: 'object',
        properties: { total: { type: 'integer' }, said: { type: 'number' } },
        required: ['total'],
        additionalProperties: false,
      },
    });
  },
  {
    payloadSchema: { type: 'object', properties: { title: { type: 'string' } }, additionalProperties: false },
    preferences: { all: { enabled: true }, channels: { sms: { enabled: false } } },
  }
);

const onboarding = workflow(
  'onboarding',
  async ({ step, payload, subscriber }) => {
    await step.email('welcome', async () => ({
      subject: `Welcome to Acme, ${payload.name}!`,
      body: `<html><body><h1>Hello ${payload.name}</h1><p>Your plan: <b>${payload.plan}</b></p></body></html>`,
      from: { email: 'hello@acme.test', name: 'Acme' },
      preheader: 'Good to have you',
    }));

    await step.delay('settle', async () => ({ amount: 1, unit: 'days' }));

    const usage = await step.custom('usage', async () => ({ projects: payload.projects.length, names: payload.projects }), {
      outputSchema: {
        type: 'object',
        properties: { projects: { type: 'integer' }, names: { type: 'array', items: { type: 'string' } } },
        required: ['projects', 'names'],
        additionalProperties: false,
      },
    });

    await step.inApp(
      'tips',
      async () => ({
        body: usage.projects ? `Invite somebody to ${usage.names.join(', ')}` : 'Create your first project',
        avatar: 'https://acme.test/tip.png',
        primaryAction: { label: 'Open', redirect: { url: '/projects' } },
        data: { projects: usage.projects, tier: payload.plan },
      }),
      { skip: async () => usage.projects > 3 }
    );

    await step.push('nudge', async () => ({ subject: 'Still there?', body: `${payload.name}, your trial ends soon` }), {
      skip: () => payload.plan !== 'trial',
    });
  },
  {
    payloadSchema: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1 },
        plan: { type: 'string', enum: ['trial', 'team', 'enterprise'], default: 'trial' },
        projects: { type: 'array', items: { type: 'string' }, default: [] },
      },
      required: ['name'],
      additionalProperties: false,
    },
  }
);

const order = workflow(
  'order-shipped',
  async ({ step, payload }) => {
    const url = `https://acme.test/orders/${payload.order_id}`;

    await step.sms('text', async () => ({ body: `Order ${payload.order_id} is on its way: ${url}` }), {
      providers: {
        twilio: ({ outputs }) => ({ to: '+4930123456', body: `${outputs.body} (STOP to opt out)` }),
      },
    });

    await step.chat(
      'team',
      async () => ({
        card: {
          type: 'card',
          title: `Order ${payload.order_id}`,
          children: [
            { type: 'text', content: `${payload.items.length} items`, style: 'bold' },
            {
              type: 'fields',
              children: payload.items.map((item) => ({ type: 'field', label: item.name, value: `${item.count} pcs` })),
            },
            { type: 'actions', children: [{ type: 'link-button', label: 'Track', url, style: 'primary' }] },
          ],
        },
      }),
      { providers: { slack: () => ({ text: 'Order shipped', _passthrough: { body: { unfurl_links: false } } }) } }
    );

    await step.email(
      'receipt',
      async (controls) => ({ subject: controls.subject, body: controls.body }),
      {
        disableOutputSanitization: true,
        controlSchema: {
          type: 'object',
          properties: {
            subject: { type: 'string', default: 'Order {{ payload.order_id }} shipped' },
            body: {
              type: 'string',
              default:
                '<table>{% for item in payload.items %}<tr><td>{{ item.name }}</td><td>{{ item.count }}</td></tr>{% endfor %}</table><!-- {{ payload.items | size }} -->',
            },
          },
          required: ['subject', 'body'],
          additionalProperties: false,
        },
        providers: { sendgrid: ({ controls }) => ({ categories: ['orders', controls.subject] }) },
      }
    );
  },
  {
    payloadSchema: {
      type: 'object',
      properties: {
        order_id: { type: 'string', pattern: '^[A-Z]-\\d+$' },
        items: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            properties: { name: { type: 'string' }, count: { type: 'integer', minimum: 1, default: 1 } },
            required: ['name'],
            additionalProperties: false,
          },
        },
      },
      required: ['order_id', 'items'],
      additionalProperties: false,
    },
  }
);

const incident = workflow(
  'incident',
  async ({ step, payload }) => {
    const limit = await step.throttle('limit', async () => ({ type: 'fixed', amount: 10, unit: 'minutes', threshold: 1, throttleKey: 'service' }));
    await step.tool('page', async () => ({ body: `${payload.service} is down` }), {
      skip: () => limit.throttled,
      providers: { pagerduty: () => ({ severity: 'critical' }) },
    });
    await step.chat('war-room', async () => ({ body: `*${payload.service}* is down, seen ${limit.executionCount ?? 0} times` }));
  },
  {
    severity: 'high',
    description: 'Somebody should look',
    preferences: { all: { enabled: true, readOnly: true } },
    payloadSchema: { type: 'object', properties: { service: { type: 'string' } }, required: ['service'], additionalProperties: false },
  }
);

const reminder = workflow(
  'reminder',
  async ({ step, payload, context, env, subscriber }) => {
    await step.delay('until', async () => ({ type: 'dynamic', dynamicKey: 'payload.when' }));
    await step.inApp('remind', async () => ({
      body: `${payload.what} for ${subscriber.firstName} at ${context.tenant.id} (${env.name})`,
      data: { plan: context.tenant.data.plan },
    }));
  },
  {
    payloadSchema: {
      type: 'object',
      properties: { what: { type: 'string' }, when: { type: 'string', format: 'date-time' } },
      required: ['what', 'when'],
      additionalProperties: false,
    },
    envSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: true },
  }
);

const post = { comment: 'Nice <b>work</b> & more', post_id: 'p-7' };
const waited = left('wait', { duration: 21600000 });
const events = [
  { id: 'e1', time: '2026-01-01T08:00:00.000Z', payload: { title: 'One' } },
  { id: 'e2', time: '2026-01-02T08:00:00.000Z', payload: { title: 'Two & <i>a half</i>' } },
  { id: 'e3', time: '2026-01-03T08:00:00.000Z', payload: {} },
];
const collected = (list) => left('collect', { events: list, eventCount: list.length });
const ann = { subscriberId: 'ann', firstName: 'Ann', email: 'ann@acme.test' };
const newcomer = { name: 'Ann', plan: 'team', projects: ['Atlas', 'Borealis'] };
const usage = (names) => left('usage', { projects: names.length, names });
const goods = { order_id: 'A-1001', items: [{ name: 'Pen', count: 2 }, { name: 'Ink <black>' }] };
const throttled = (outputs) => left('limit', outputs);

export default {
  name: 'comments',
  about: 'Workflows as a team writes them: comments, a digest, onboarding, orders, incidents, reminders.',
  workflows: [comment, digest, onboarding, order, incident, reminder],
  exchanges: [
    discover(),
    health(),
    execute('comment-notification', 'new-comment', { payload: post }),
    execute('comment-notification', 'wait', { payload: post, state: [seen('new-comment')] }),
    execute('comment-notification', 'comment-email', { payload: post, state: [waited, seen('new-comment')] }, 'comment email, inbox not read'),
    execute('comment-notification', 'comment-email', { payload: post, state: [waited, seen('new-comment', true)] }, 'comment email, inbox read'),
    execute('comment-notification', 'comment-email', { payload: post, state: [waited, seen('new-comment')], controls: { subject: 'Edited: {{ payload.comment }}', include_footer: false } }, 'comment email, edited in the dashboard'),
    execute('comment-notification', 'comment-email', { payload: post, state: [seen('new-comment')] }, 'comment email without the delay'),
    execute('comment-notification', 'new-comment', { payload: { comment: 'x' } }, 'comment without a post'),
    execute('comment-notification', 'new-comment', { payload: { comment: 'x', post_id: 'a b' } }, 'comment whose redirect is no address'),
    ...['new-comment', 'wait', 'comment-email'].map((stepId) => preview('comment-notification', stepId, { payload: undefined })),
    preview('comment-notification', 'comment-email', { payload: post, state: [seen('new-comment', true)] }, 'comment email previewed though the inbox is read'),

    execute('weekly-digest', 'collect', {}),
    execute('weekly-digest', 'collect', { controls: { cron: '0 9 * * 1' } }, 'digest with another cron'),
    execute('weekly-digest', 'summary', { subscriber: ann, state: [collected(events)] }, 'summary of three'),
    execute('weekly-digest', 'summary', { subscriber: {}, state: [collected(events.slice(0, 1))] }, 'summary of one, subscriber without a name'),
    execute('weekly-digest', 'summary', { subscriber: ann, state: [collected([])] }, 'summary of none'),
    execute('weekly-digest', 'summary', { subscriber: ann, state: [left('collect', { events })] }, 'summary without a count'),
    execute('weekly-digest', 'summary', { subscriber: ann, state: [left('collect', { eventCount: 3 })] }, 'summary without events'),
    execute('weekly-digest', 'summary', { subscriber: ann, state: [left('collect', { events: [{ id: 'e1', payload: {} }], eventCount: 1 })] }, 'summary of an event without a time'),
    execute('weekly-digest', 'count', { subscriber: ann, state: [left('summary'), collected(events)] }),
    execute('weekly-digest', 'summary', { subscriber: ann, state: [collected(Array.from({ length: 100 }, (_, i) => ({ id: `e${i}`, time: '2026-01-01T08:00:00.000Z', payload: { title: `Event ${i}` } })))] }, 'summary of a hundred'),
    ...['collect', 'summary', 'count'].map((stepId) => preview('weekly-digest', stepId, { payload: undefined, subscriber: ann, state: stepId === 'collect' ? [] : [collected(events)] })),

    execute('onboarding', 'welcome', { payload: newcomer }),
    execute('onboarding', 'welcome', { payload: { name: 'Bob' } }, 'welcome with defaults'),
    execute('onboarding', 'welcome', { payload: { name: '' } }, 'welcome without a name'),
    execute('onboarding', 'welcome', { payload: { name: 'Ann', plan: 'gold' } }, 'welcome with an unknown plan'),
    execute('onboarding', 'settle', { payload: newcomer, state: [left('welcome')] }),
    execute('onboarding', 'usage', { payload: newcomer, state: [left('settle', { duration: 1 }), left('welcome')] }),
    execute('onboarding', 'tips', { payload: newcomer, state: [usage(['Atlas']), left('settle', { duration: 1 }), left('welcome')] }),
    execute('onboarding', 'tips', { payload: newcomer, state: [usage([]), left('settle', { duration: 1 }), left('welcome')] }, 'tips for nobody yet'),
    execute('onboarding', 'tips', { payload: newcomer, state: [usage(['a', 'b', 'c', 'd']), left('settle', { duration: 1 }), left('welcome')] }, 'tips for an old hand'),
    execute('onboarding', 'nudge', { payload: newcomer, state: [seen('tips'), usage([]), left('settle', { duration: 1 }), left('welcome')] }, 'nudge for who pays'),
    execute('onboarding', 'nudge', { payload: { name: 'Bob' }, state: [seen('tips'), usage([]), left('settle', { duration: 1 }), left('welcome')] }, 'nudge for who tries'),
    ...['welcome', 'settle', 'usage', 'tips', 'nudge'].map((stepId) => preview('onboarding', stepId, { payload: { name: 'Ann' }, state: stepId === 'tips' ? [usage(['Atlas'])] : [] })),

    ...['text', 'team', 'receipt'].flatMap((stepId) => [
      execute('order-shipped', stepId, { payload: goods, state: [left('text'), left('team')] }),
      preview('order-shipped', stepId, { payload: goods }),
    ]),
    execute('order-shipped', 'text', { payload: { ...goods, order_id: 'x' } }, 'order with an odd number'),
    execute('order-shipped', 'text', { payload: { ...goods, items: [] } }, 'order of nothing'),
    execute('order-shipped', 'text', { payload: { ...goods, items: [{ name: 'Pen', count: 0 }] } }, 'order of zero pens'),
    execute('order-shipped', 'receipt', { payload: goods, controls: { subject: '{{ payload.items[0].name }}', body: "{{ payload.items | map: 'name' | toSentence }}" }, state: [left('text'), left('team')] }, 'receipt edited'),

    execute('incident', 'limit', { payload: { service: 'api' } }),
    execute('incident', 'page', { payload: { service: 'api' }, state: [throttled({ throttled: false, executionCount: 1, threshold: 1, windowStart: '2026-01-01T00:00:00.000Z' })] }),
    execute('incident', 'page', { payload: { service: 'api' }, state: [throttled({ throttled: true })] }, 'page when throttled'),
    execute('incident', 'war-room', { payload: { service: 'api' }, state: [left('page'), throttled({ throttled: false, executionCount: 2 })] }),
    execute('incident', 'war-room', { payload: { service: 'api' }, state: [left('page'), throttled({ executionCount: 2 })] }, 'war room without a verdict'),
    ...['limit', 'page', 'war-room'].map((stepId) => preview('incident', stepId, { payload: undefined, state: [throttled({ throttled: false, executionCount: 2 })] })),

    execute('reminder', 'until', { payload: { what: 'Call', when: '2026-02-01T10:00:00Z' } }),
    execute('reminder', 'until', { payload: { what: 'Call', when: 'tomorrow' } }, 'reminder with no date'),
    execute('reminder', 'remind', { payload: { what: 'Call', when: '2026-02-01T10:00:00Z' }, subscriber: ann, context: { tenant: { id: 'acme', data: { plan: 'pro' } } }, env: { name: 'Production', type: 'prod' }, state: [left('until', { duration: 5 })] }),
    preview('reminder', 'remind', { payload: { what: 'Call', when: '2026-02-01T10:00:00Z' }, subscriber: ann, context: { tenant: { id: 'acme', data: { plan: 'pro' } } }, env: { name: 'Production', type: 'prod' } }),
  ],
};

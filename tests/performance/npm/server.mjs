// The npm package on Express, serving the twins of apps/workflows.py.
import { readFileSync } from 'node:fs';
import { Client, workflow } from '@novu/framework';
import { serve } from '@novu/framework/express';
import express from 'express';

const text = (value) => ({ type: 'string', default: value });
const object = (properties, required = []) => ({ type: 'object', properties, required, additionalProperties: false });

const comment = object({ comment: { type: 'string' }, post_id: { type: 'string' } }, ['comment', 'post_id']);
const html = readFileSync(process.env.BENCH_EMAIL, 'utf8');

const plain = (id) =>
  workflow(
    id,
    async ({ step, payload }) => {
      await step.inApp('inbox', async () => ({ body: `New comment: ${payload.comment}` }));
      await step.email(
        'email',
        async (controls) => ({ subject: controls.subject, body: `<p>${controls.greeting} ${payload.comment}</p>` }),
        {
          controlSchema: object({
            subject: text('New comment on {{ payload.post_id }}'),
            greeting: text('Hello {{ subscriber.firstName }},'),
          }),
        }
      );
    },
    { payloadSchema: comment, name: 'New comment', tags: ['social'] }
  );

const liquid = workflow(
  'liquid',
  async ({ step }) => {
    await step.email(
      'email',
      async (controls) => {
        const { subject, ...lines } = controls;
        return { subject, body: Object.values(lines).map((line) => `<p>${line}</p>`).join('') };
      },
      {
        controlSchema: object({
          subject: text('{{ payload.shop | capitalize }}: your order {{ payload.order }}'),
          greeting: text("Hello {{ subscriber.firstName | default: 'friend' }},"),
          items: text(
            '{% for item in payload.items %}{{ forloop.index }}. {{ item.name | upcase }} x {{ item.quantity }}' +
              '{% unless forloop.last %}, {% endunless %}{% endfor %}'
          ),
          count: text("{{ payload.items | size | pluralize: 'item', 'items' }} in {{ payload.boxes }} boxes"),
          names: text("{{ payload.items | toSentence: 'name', 3, 'other' }}"),
          total: text('{{ payload.total | times: 1.19 | round: 2 }} EUR'),
          date: text("{{ payload.at | date: '%d.%m.%Y %H:%M', 0 }}"),
          note: text('{% if payload.gift %}Wrapped as a gift{% else %}{{ payload.note | truncate: 20 }}{% endif %}'),
          code: text("{% assign code = payload.order | split: '-' | last %}{{ code | prepend: '#' }}"),
          footer: text('{{ workflow.name }}, {{ payload.missing }}{{ payload.items[0].name | json }}'),
        }),
      }
    );
  },
  {
    name: 'Order',
    payloadSchema: object({
      shop: { type: 'string' },
      order: { type: 'string' },
      boxes: { type: 'integer' },
      total: { type: 'number' },
      at: { type: 'string' },
      gift: { type: 'boolean' },
      note: { type: 'string' },
      items: {
        type: 'array',
        items: object({ name: { type: 'string' }, quantity: { type: 'integer' } }, ['name', 'quantity']),
      },
    }),
  }
);

const fifth = workflow(
  'fifth',
  async ({ step, payload }) => {
    const inbox = await step.inApp('inbox', async () => ({ body: payload.comment }));
    await step.delay('wait', async () => ({ amount: 1, unit: 'hours' }));
    const looked = await step.custom('look-up', async () => ({ score: 7 }), {
      outputSchema: object({ score: { type: 'integer' } }, ['score']),
    });
    await step.sms('sms', async () => ({ body: payload.comment }));
    await step.email(
      'email',
      async (controls) => ({ subject: controls.subject, body: `<p>${payload.comment}: ${looked.score}</p>` }),
      {
        controlSchema: object({ subject: text('New comment on {{ payload.post_id }}') }),
        skip: () => inbox.read,
      }
    );
  },
  { payloadSchema: comment }
);

const digest = workflow(
  'digest',
  async ({ step }) => {
    const collected = await step.digest('digest', async () => ({ amount: 1, unit: 'hours' }));
    await step.email(
      'email',
      async (controls) => ({
        subject: controls.subject,
        body: `<ul>${collected.events.map((event) => `<li>${event.payload.comment}</li>`).join('')}</ul>`,
      }),
      {
        controlSchema: object({
          subject: text(
            "{{ steps.digest.events | digest: 2, 'payload.name', ', ' }} wrote {{ steps.digest.eventCount }} comments"
          ),
        }),
      }
    );
  },
  { payloadSchema: comment }
);

const email = workflow(
  'html',
  async ({ step, payload }) => {
    await step.email('email', async () => ({ subject: payload.comment, body: html }));
  },
  { payloadSchema: comment }
);

const count = Number(process.env.BENCH_WORKFLOWS);
// Whether a resolver is async makes no difference to the package, so `sync` is the plain one here.
const different = [plain('plain'), liquid, fifth, digest, email, plain('sync')].slice(0, count);
const copies = Array.from({ length: count - different.length }, (_, n) => plain(`plain-${n}`));

const app = express();
app.use(express.json({ limit: '10mb' }));
app.use('/api/novu', serve({ client: new Client({ verbose: false }), workflows: [...different, ...copies] }));
app.listen(Number(process.env.BENCH_PORT), '127.0.0.1');

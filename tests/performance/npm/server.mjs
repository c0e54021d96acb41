// The npm package on Express, serving the twins of apps/workflows.py.
import { readFileSync, readdirSync } from 'node:fs';
import { Client, agent, workflow } from '@novu/framework';
import { serve } from '@novu/framework/express';
import express from 'express';

const text = (value) => ({ type: 'string', default: value });
const object = (properties, required = []) => ({ type: 'object', properties, required, additionalProperties: false });

const comment = object({ comment: { type: 'string' }, post_id: { type: 'string' } }, ['comment', 'post_id']);
const folder = process.env.BENCH_FOLDER;
// What discovery says of the Python models, so that both check the same.
const schemas = JSON.parse(readFileSync(`${folder}/schemas.json`, 'utf8'));
const emails = Object.fromEntries(
  readdirSync(folder)
    .map((name) => [name.match(/^html-(.+)\.html$/)?.[1], name])
    .filter(([size]) => size)
    .map(([size, name]) => [size, readFileSync(`${folder}/${name}`, 'utf8')])
);

const bodyOf = (greeting, payload) =>
  `<p><img src="https://acme.test/logo.png" alt="Acme" width="120"></p><p>${greeting}<br>${payload.comment}</p>` +
  `<p>Questions & answers: <a href="https://acme.test/p?id=${payload.post_id}&ref=mail">the post</a></p>` +
  '<img src="https://acme.test/open.gif" alt="" width="1" height="1">';

const plain = (id) =>
  workflow(
    id,
    async ({ step, payload }) => {
      await step.inApp('inbox', async () => ({ body: `New comment: ${payload.comment}` }));
      await step.email(
        'email',
        async (controls) => ({ subject: controls.subject, body: bodyOf(controls.greeting, payload) }),
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
    await step.email('email', async () => ({ subject: payload.comment, body: emails[payload.post_id] ?? '<p>no email</p>' }));
  },
  { payloadSchema: comment }
);

const onComment = { controlSchema: object({ subject: text('New comment on {{ payload.post_id }}') }) };
const note = (step, n, payload) => step.inApp(`note-${n}`, async () => ({ body: payload.comment }));
const mail = (step, payload) =>
  step.email('email', async (controls) => ({ subject: controls.subject, body: `<p>${payload.comment}</p>` }), onComment);

const concurrent = workflow(
  'concurrent',
  async ({ step, payload }) => {
    await Promise.all([...[0, 1, 2, 3].map((n) => note(step, n, payload)), mail(step, payload)]);
  },
  { payloadSchema: comment }
);

const earlier = (steps) =>
  workflow(
    `earlier-${steps}`,
    async ({ step, payload }) => {
      for (let n = 0; n < steps; n++) await note(step, n, payload);
      await mail(step, payload);
    },
    { payloadSchema: comment }
  );

const rows = (id) =>
  workflow(
    id,
    async ({ step, payload }) => {
      await step.email('email', async () => ({ subject: `${payload.rows.length} rows`, body: '<p>Rows</p>' }));
    },
    { payloadSchema: schemas[id] }
  );

const fields = workflow(
  'fields',
  async ({ step, payload }) => {
    const subject = () => `${payload.name} ${new Date(payload.at).getFullYear()}`;
    await step.email('email', async () => ({ subject: subject(), body: '<p>Fields</p>' }));
  },
  { payloadSchema: schemas.fields }
);

const shipment = workflow(
  'shipment',
  async ({ step, payload }) => {
    await step.email(
      'email',
      async (controls) => ({
        subject: controls.subject,
        body: `<p>${controls.greeting} ${payload.parcels.length} parcels</p>`,
      }),
      {
        controlSchema: object({
          subject: text('Order {{ payload.order }}'),
          greeting: text('Hello {{ payload.customer.first }},'),
        }),
      }
    );
  },
  { payloadSchema: schemas.shipment }
);

// Whether a resolver is async makes no difference to the package, so `sync` is the plain one here.
const different = [plain('plain'), liquid, fifth, digest, email, plain('sync'), concurrent]
  .concat([rows('rows'), rows('models'), fields, shipment], [20, 200, 800].map(earlier));
const count = Number(process.env.BENCH_WORKFLOWS);
const copies = Array.from({ length: Math.max(0, count - 5) }, (_, n) => plain(`plain-${n}`));
const workflows = count ? [...different.slice(0, 5), ...copies] : different;
const agents = [agent('assistant', { onMessage: async () => {} })];

const app = express();
app.use(express.json({ limit: '10mb' }));
app.use('/api/novu', serve({ client: new Client({ verbose: false }), workflows, agents }));
app.listen(Number(process.env.BENCH_PORT), '127.0.0.1');

// The workflow of `../parity.py`, written for the npm package and served by Express on loopback. Prints its port.
import express from 'express';
import { workflow } from '@novu/framework';
import { Client, serve } from '@novu/framework/express';

const orderNews = workflow(
  'order-news',
  async ({ step, payload, subscriber }) => {
    const inbox = await step.inApp('placed', () => ({
      subject: `Order ${payload.number}`,
      body: `Thanks, ${subscriber.firstName}: ${payload.total} EUR & <b>free</b> shipping`,
      primaryAction: { label: 'Track', redirect: { url: 'https://acme.test/orders', target: '_self' } },
      data: { number: payload.number, tags: ['order', '<i>new', 1.5] },
    }));
    const pause = await step.delay('pause', () => ({ amount: 2, unit: 'hours' }));
    const digest = await step.digest('collect', () => ({ amount: 1, unit: 'hours', digestKey: payload.shop }));
    await step.email(
      'summary',
      (controls) => ({
        subject: controls.subject,
        body: `<p onclick="x()">After ${pause.duration} ms: ${digest.events
          .map((event) => `${event.payload.number} at ${event.time}`)
          .join(', ')} (${digest.eventCount})</p><script>x()</script>`,
      }),
      {
        skip: () => inbox.read,
        controlSchema: {
          type: 'object',
          properties: { subject: { type: 'string', default: '{{ steps.collect.eventCount | pluralize: "order" }} for {{ subscriber.firstName | upcase }}' } },
          additionalProperties: false,
        },
      },
    );
  },
  {
    payloadSchema: {
      type: 'object',
      properties: {
        number: { type: 'string' },
        shop: { type: 'string', default: 'main' },
        total: { type: 'number', default: 0 },
      },
      required: ['number'],
      additionalProperties: false,
    },
  },
);

const app = express();
app.use(express.json());
const logger = { info() {}, warn() {}, error() {} };
app.use('/api/novu', serve({ client: new Client({ secretKey: process.argv[2], strictAuthentication: true, logger }), workflows: [orderNews] }));
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));

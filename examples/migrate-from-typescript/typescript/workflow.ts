import { workflow } from '@novu/framework';

export const taskAssigned = workflow(
  'task-assigned',
  async ({ payload, step, subscriber }) => {
    const inbox = await step.inApp('inbox', async () => ({
      subject: `${payload.assignedBy} gave you a task`,
      body: payload.title,
      primaryAction: { label: 'Open task', redirect: { url: `/tasks/${payload.taskId}` } },
      data: { priority: payload.priority },
    }));

    const digest = await step.digest('collect', async () => ({ amount: 30, unit: 'minutes' }));

    await step.delay('wait', async (controls) => ({ amount: controls.hours, unit: 'hours' }), {
      controlSchema: {
        type: 'object',
        properties: { hours: { type: 'integer', minimum: 1, default: 2 } },
        additionalProperties: false,
      } as const,
    });

    await step.email(
      'email',
      async (controls) => ({
        subject: controls.subject,
        replyTo: 'tasks@acme.test',
        body: `<h1>${controls.greeting}</h1>
<ul>
${digest.events.map((event) => `  <li>${event.payload.title} (from ${event.payload.assignedBy})</li>`).join('\n')}
</ul>`,
      }),
      {
        controlSchema: {
          type: 'object',
          properties: {
            subject: { type: 'string', default: "{{ steps.collect.eventCount | pluralize: 'new task' }} for you" },
            greeting: { type: 'string', default: "Hello {{ subscriber.firstName | default: 'there' }}," },
          },
          additionalProperties: false,
        } as const,
        skip: () => inbox.read,
        providers: {
          sendgrid: async () => ({ categories: ['tasks'] }),
        },
      }
    );

    await step.sms(
      'sms',
      async () => ({ body: `${subscriber.firstName ?? 'Hello'}, an urgent task waits: ${payload.title}` }),
      { skip: () => payload.priority !== 'urgent' }
    );
  },
  {
    name: 'Task assigned',
    tags: ['tasks'],
    preferences: { channels: { sms: { enabled: false } } },
    payloadSchema: {
      type: 'object',
      properties: {
        taskId: { type: 'string' },
        title: { type: 'string', minLength: 1 },
        assignedBy: { type: 'string' },
        priority: { type: 'string', enum: ['low', 'normal', 'urgent'], default: 'normal' },
      },
      required: ['taskId', 'title', 'assignedBy'],
      additionalProperties: false,
    } as const,
  }
);

// What the code of a workflow may do: fail, be late, loop, share, catch, decide.

import { workflow } from '@novu/framework';
import { discover, execute, health, left, preview, seen } from '../requests.mjs';

const anything = { type: 'object', additionalProperties: true };
const later = () => new Promise((resolve) => setTimeout(resolve, 2));

const failing = workflow('failing-resolvers', async ({ step }) => {
  await step.sms('error', async () => {
    throw new Error('boom');
  });
  await step.sms('sync-error', () => {
    throw new Error('sync boom');
  });
  await step.email('unicode-error', async () => {
    throw new Error('Schöner Fehler 💥 "quoted"\nsecond line');
  });
  await step.delay('delay-error', async () => {
    throw new Error('no time');
  });
  await step.custom(
    'custom-error',
    async () => {
      await later();
      throw new Error('late boom');
    },
    { outputSchema: anything }
  );
});

const skips = workflow(
  'skips',
  async ({ step, payload }) => {
    await step.sms('always', async () => ({ body: 'never sent' }), { skip: () => true });
    await step.sms('never', async () => ({ body: 'sent' }), { skip: () => false });
    await step.sms('late', async () => ({ body: 'never sent' }), {
      skip: async () => {
        await later();
        return true;
      },
    });
    await step.sms('by-control', async (controls) => ({ body: controls.text }), {
      controlSchema: {
        type: 'object',
        properties: { text: { type: 'string', default: 'Hello {{ payload.name }}' }, mute: { type: 'boolean', default: false } },
        additionalProperties: false,
      },
      skip: (controls) => controls.mute,
    });
    await step.sms('by-payload', async () => ({ body: 'x' }), { skip: () => payload.name === 'nobody' });
    await step.sms('throws', async () => ({ body: 'x' }), {
      skip: () => {
        throw new Error('cannot decide');
      },
    });
    await step.sms('skipped-and-broken', async () => { throw new Error('not reached'); }, { skip: () => true });
    await step.digest('digest', async () => ({ amount: 1, unit: 'hours' }), { skip: () => true });
    await step.custom('custom', async () => ({ a: 1 }), { skip: () => true, outputSchema: anything });
  },
  { payloadSchema: { type: 'object', properties: { name: { type: 'string', default: 'Ann' } }, additionalProperties: false } }
);

const handlerThrows = workflow(
  'handler-throws',
  async ({ step, payload }) => {
    if (payload.fail === 'before') throw new Error('before the step');
    await step.sms('a', async () => ({ body: 'A' }));
    if (payload.fail === 'between') throw new Error('between the steps');
    await step.sms('b', async () => ({ body: 'B' }));
    if (payload.fail === 'after') throw new Error('after the steps');
  },
  { payloadSchema: { type: 'object', properties: { fail: { type: 'string' } }, additionalProperties: false } }
);

const looped = workflow('looped', async ({ step }) => {
  const sendTo = async (name) => step.chat(`to-${name}`, async () => ({ body: `Hello ${name}` }));
  for (const name of ['ann', 'bob', 'cid']) await sendTo(name);
  const total = { count: 0 };
  for (let i = 0; i < 3; i++) {
    const { n } = await step.custom(`round-${i}`, async () => ({ n: i * 10, before: total.count }), { outputSchema: anything });
    total.count += n ?? 0;
  }
  await step.sms('total', async () => ({ body: `Total ${total.count}` }));
});

const parallel = workflow('parallel', async ({ step }) => {
  const [first, second] = await Promise.all([
    step.inApp('one', async () => ({ body: 'one' })),
    step.inApp('two', async () => ({ body: 'two' })),
  ]);
  await step.sms('both', async () => ({ body: `${first.read ? 1 : 0} of 1, ${second.read ? 1 : 0} of 1` }));
});

const careful = workflow('careful', async ({ step }) => {
  const log = [];
  try {
    await step.custom('risky', async () => ({ ok: true }), { outputSchema: { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'], additionalProperties: false } });
    log.push('fine');
  } catch (error) {
    log.push('caught');
  } finally {
    log.push('done');
  }
  await step.sms('report', async () => ({ body: log.join(' ') }));
});

const conditional = workflow(
  'conditional',
  async ({ step, payload }) => {
    await step.sms('first', async () => ({ body: 'first' }));
    if (payload.vip === true) await step.sms('hidden', async () => ({ body: 'hidden' }));
    await step.sms('last', async () => ({ body: 'last' }));
  },
  { payloadSchema: { type: 'object', properties: { vip: { type: 'boolean' } }, additionalProperties: false } }
);

const given = workflow(
  'given',
  async ({ step, payload, subscriber, context, env, controls }) => {
    await step.custom('all', async () => ({ payload, subscriber, context, env, controls }), { outputSchema: anything });
  },
  {
    payloadSchema: { type: 'object', properties: { a: { type: 'string', default: 'A' } }, additionalProperties: true },
    controlSchema: { type: 'object', properties: { brand: { type: 'string', default: 'Acme' } }, additionalProperties: false },
    envSchema: { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: true },
  }
);

const results = workflow('results', async ({ step }) => {
  await step.email('email', async () => ({ subject: 's', body: 'b' }));
  await step.sms('sms', async () => ({ body: 'b' }));
  await step.push('push', async () => ({ subject: 's', body: 'b' }));
  await step.chat('chat', async () => ({ body: 'b' }));
  await step.tool('tool', async () => ({ body: 'b' }));
  const inApp = await step.inApp('in-app', async () => ({ body: 'b' }));
  const { events } = await step.digest('digest', async () => ({ amount: 1, unit: 'minutes' }));
  const { duration } = await step.delay('delay', async () => ({ amount: 1, unit: 'minutes' }));
  const throttle = await step.throttle('throttle', async () => ({ type: 'fixed', amount: 1, unit: 'minutes', threshold: 1 }));
  const custom = await step.custom('custom', async () => ({ a: 1 }), { outputSchema: { type: 'object', properties: { a: { type: 'integer' } }, additionalProperties: false } });
  await step.custom('all', async () => ({ inApp, events, duration, throttle, custom }), { outputSchema: anything });
});

const unsent = workflow('http', async ({ step }) => {
  await step.sms('before', async () => ({ body: 'before' }));
  await step.httpRequest('call', async () => ({}), { controlSchema: { type: 'object', properties: { url: { type: 'string' } }, additionalProperties: false } });
});

const everything = [
  left('custom', { a: 1, dropped: true }),
  left('throttle', { throttled: false, executionCount: 1, threshold: 1, windowStart: '2026-01-01T00:00:00Z', dropped: 1 }),
  left('delay', { duration: 60000, dropped: 1 }),
  left('digest', { eventCount: 1, events: [{ id: 'e', time: 't', payload: { a: [1, null] }, dropped: 1 }], dropped: 1 }),
  seen('in-app', true),
  ...['tool', 'chat', 'push', 'sms', 'email'].map((stepId) => left(stepId, { dropped: stepId })),
];
const known = [
  left('custom', { a: 1 }),
  left('throttle', { throttled: true, executionCount: 1 }),
  left('delay', { duration: 60000 }),
  left('digest', { eventCount: 1, events: [{ id: 'e', time: 't', payload: {} }] }),
  seen('in-app'),
];
const before = (...ids) => ids.map((id) => left(id));
const failingIds = ['error', 'sync-error', 'unicode-error', 'delay-error', 'custom-error'];
const skipIds = ['always', 'never', 'late', 'by-control', 'by-payload', 'throws', 'skipped-and-broken', 'digest', 'custom'];
const failingState = (id) => failingIds.slice(0, failingIds.indexOf(id)).map((stepId) => left(stepId, stepId === 'delay-error' ? { duration: 1 } : {}));
const skipState = (id) => skipIds.slice(0, skipIds.indexOf(id)).map((stepId) => left(stepId, stepId === 'digest' ? { events: [], eventCount: 0 } : {}));
const rounds = ['ann', 'bob', 'cid'].map((name) => left(`to-${name}`)).concat([0, 1, 2].map((i) => left(`round-${i}`, { n: i * 10 })));
const fullEvent = { payload: { a: 'given', more: [1, { b: null }] }, subscriber: { subscriberId: 'ann', firstName: 'Ann', lastName: null, data: { tier: 2 } }, context: { tenant: { id: 't', data: {} } }, env: { name: 'Dev', type: 'dev', KEY: 'v' } };

export default {
  name: 'behaviour',
  about: 'What the code of a workflow may do: fail, skip, loop, run steps at once, catch, hide steps; what it is given.',
  workflows: [failing, skips, handlerThrows, looped, parallel, careful, conditional, given, results, unsent],
  exchanges: [
    discover(),
    health(),
    ...failingIds.flatMap((id) => [execute('failing-resolvers', id, { state: failingState(id) }), preview('failing-resolvers', id, {})]),
    ...skipIds.flatMap((id) => [execute('skips', id, { state: skipState(id) }), preview('skips', id, { payload: { name: 'Ann' } })]),
    execute('skips', 'by-control', { state: skipState('by-control'), controls: { mute: true } }, 'skipped by a control'),
    execute('skips', 'by-control', { state: skipState('by-control'), controls: { mute: 'yes' } }, 'skip asked by a control of the wrong type'),
    execute('skips', 'by-control', { state: skipState('by-control'), controls: { mute: true, text: '{% if %}' } }, 'skipped with a broken template'),
    execute('skips', 'by-payload', { state: skipState('by-payload'), payload: { name: 'nobody' } }, 'skipped by the payload'),
    ...['before', 'between', 'after', 'never'].flatMap((fail) => [
      execute('handler-throws', 'a', { payload: { fail } }, `handler throws ${fail}, step a`),
      execute('handler-throws', 'b', { payload: { fail }, state: before('a') }, `handler throws ${fail}, step b`),
    ]),
    preview('handler-throws', 'a', { payload: { fail: 'before' } }, 'handler throws in a preview'),
    ...['to-ann', 'to-cid', 'round-0', 'round-2', 'total'].map((id) => execute('looped', id, { state: rounds })),
    execute('looped', 'round-2', { state: rounds.slice(0, 4) }, 'a loop whose state ends early'),
    execute('parallel', 'both', { state: [seen('one', true), seen('two', false)] }),
    execute('parallel', 'both', { state: [seen('two', false)] }, 'one of two at once is missing'),
    execute('parallel', 'one', { state: [seen('two', false)] }, 'the first of two at once'),
    execute('parallel', 'two', { state: [seen('one', false)] }, 'the second of two at once'),
    execute('careful', 'report', { state: [left('risky', { ok: true })] }, 'nothing to catch'),
    execute('careful', 'report', { state: [left('risky', { ok: 'no' })] }, 'an invalid result, caught'),
    execute('careful', 'report', { state: [] }, 'a missing result, caught'),
    execute('careful', 'risky', {}),
    execute('conditional', 'first', { payload: { vip: true } }, 'before a hidden step'),
    execute('conditional', 'last', { payload: { vip: false }, state: before('first') }, 'without the hidden step'),
    execute('conditional', 'last', { payload: { vip: true }, state: before('first', 'hidden') }, 'after a hidden step'),
    execute('conditional', 'hidden', { payload: { vip: true }, state: before('first') }, 'a hidden step'),
    execute('conditional', 'hidden', { payload: { vip: false }, state: before('first') }, 'a hidden step that is not reached'),
    execute('given', 'all', fullEvent, 'what a handler is given'),
    execute('given', 'all', {}, 'what a handler is given, all empty'),
    preview('given', 'all', fullEvent, 'what a handler is given in a preview'),
    execute('results', 'all', { state: everything }, 'every result'),
    preview('results', 'all', { state: known }, 'every result, previewed'),
    preview('results', 'all', {}, 'every result, made up'),
    ...['email', 'sms', 'push', 'chat', 'tool', 'in-app', 'digest', 'delay', 'throttle', 'custom'].map((id) => execute('results', id, { state: everything })),
    execute('http', 'before', {}),
    execute('http', 'call', { state: before('before') }, 'an HTTP request, which Novu makes itself'),
  ],
};

import { attempt, reply, ret, theme } from '../turns.mjs';

const typing = (status) => ({ do: 'typing', ...(status !== undefined && { status }) });
const stop = { do: 'typing.stop' };
const emit = (name, data) => ({ do: 'emit', name, data });

export default theme('typing', 'The sign that an agent is at work, and events of its own.', [
  { name: 'typing', script: [typing()] },
  { name: 'typing with a text', script: [typing('Looking it up ...')] },
  { name: 'typing with an empty text', script: [typing('')] },
  { name: 'typing, then a reply', script: [typing('a'), typing(), reply('b')] },
  { name: 'typing and stopping', script: [typing(), stop, ret('b')] },
  { name: 'stopping alone', script: [stop] },
  { name: 'typing leaves what is pending', script: [{ do: 'set', key: 'a', value: 1 }, typing('b'), stop] },
  { name: 'typing on an action', event: 'onAction', script: [typing('b'), ret('c')] },
  { name: 'typing that fails', script: [attempt(typing('b')), reply('after')], answers: [{ status: 400, body: { message: 'no' } }] },
  { name: 'an event of its own', script: [emit('progress', { percent: 50 })] },
  { name: 'events of its own', script: [emit('a', null), emit('b', [1, 'x']), emit('', 'text'), reply('done')] },
  { name: 'an event of its own leaves what is pending', script: [{ do: 'set', key: 'a', value: 1 }, emit('a', 1)] },
]);

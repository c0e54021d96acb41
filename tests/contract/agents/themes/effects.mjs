import { attempt, reply, ret, see, theme } from '../turns.mjs';

const set = (key, value) => ({ do: 'set', key, value });
const unset = (key) => ({ do: 'unset', key });
const clear = { do: 'clear' };
const trigger = (workflow, more = {}) => ({ do: 'trigger', workflow, ...more });
const react = (message, emoji) => ({ do: 'react', message, emoji });
const drop = (message) => ({ do: 'deleteMessage', message });
const resolve = (...summary) => ({ do: 'resolve', ...(summary.length && { summary: summary[0] }) });
const alone = (name, ...script) => ({ name, script });
const both = (name, ...script) => [alone(`${name}, alone`, ...script), alone(`${name}, with a reply`, ...script, reply('done'))];

export default theme('effects', 'What is queued: metadata, triggers, reactions, deletions, resolving, in order.', [
  ...both('metadata is set', set('a', 1)),
  ...both('metadata of every type', set('a', null), set('b', [1, { c: 'd' }]), set('c', { d: 1.5 }), set('d', ''), set('e', true)),
  ...both('metadata is set twice', set('a', 1), set('a', 2)),
  ...both('metadata is deleted', unset('plan')),
  ...both('absent metadata is deleted', unset('nothing')),
  ...both('metadata is cleared', clear),
  ...both('metadata is set, deleted, cleared, set', set('a', 1), unset('a'), clear, set('b', 2)),
  alone('metadata is read', { do: 'get', key: 'plan', as: 'got' }, ...see('got')),
  alone('metadata that is not there', { do: 'get', key: 'no', as: 'got' }, set('got', { value: { $: 'got' } })),
  alone('metadata after writes', set('a', 1), unset('plan'), { do: 'current', as: 'now' }, ...see('now', 'ctx.conversation.metadata')),
  alone('metadata after a clearing', set('a', 1), clear, { do: 'current', as: 'now' }, { do: 'get', key: 'a', as: 'got' }, set('seen', [{ $: 'now' }])),
  { name: 'metadata of a conversation without any', parts: { conversation: { identifier: 'x' } }, script: [{ do: 'current', as: 'now' }, ...see('now')] },
  { name: 'metadata that is null', parts: { conversation: { metadata: null } }, script: [{ do: 'current', as: 'now' }, ...see('now')] },
  ...both('a trigger', trigger('welcome')),
  ...both('a trigger to a subscriber', trigger('welcome', { to: 'ann', payload: { a: 1 } })),
  ...both('a trigger to a subscriber with data', trigger('welcome', { to: { subscriberId: 'ann', firstName: 'Ann', data: { first_name: 'x' } } })),
  ...both('a trigger to a topic', trigger('welcome', { to: { type: 'Topic', topicKey: 'team' }, payload: {} })),
  ...both('a trigger to many', trigger('welcome', { to: ['ann', 'bob', { subscriberId: 'cat' }] })),
  ...both('two triggers', trigger('a'), trigger('b', { payload: { nested: { list: [1, null, 'x'] } } })),
  ...both('a reaction', react('pm-1', 'thumbs_up')),
  ...both('reactions', react('pm-1', 'thumbs_up'), react('pm-1', 'thumbs_up'), react('', 'no such emoji')),
  ...both('a deletion', drop('pm-1')),
  ...both('deletions', drop('pm-1'), drop(''), drop('pm-1')),
  ...both('resolving', resolve()),
  ...both('resolving with a summary', resolve('All done')),
  ...both('resolving with an empty summary', resolve('')),
  ...both('resolving twice', resolve('first'), resolve('last')),
  ...both('resolving, the last without a summary', resolve('first'), resolve()),
  ...both('all of them in another order', resolve('s'), drop('pm-2'), react('pm-1', 'eyes'), trigger('wf'), set('a', 1), { do: 'tell', prompt: 'hi' }),
  alone('effects go with the next reply only', set('a', 1), reply('one'), set('b', 2), reply('two'), set('c', 3)),
  alone('effects go with a returned text', set('a', 1), react('pm-1', 'eyes'), ret('done')),
  alone('effects of a paused handler', set('a', 1), { do: 'pause' }, set('b', 2)),
  alone('effects survive wrong content', set('a', 1), attempt(reply(7)), set('b', 2)),
  { name: 'effects of an action', event: 'onAction', script: [set('a', { $: 'action.value' }), drop({ $: 'action.sourceMessageId' })] },
  { name: 'effects of a reaction', event: 'onReaction', script: [react({ $: 'reaction.messageId' }, { $: 'reaction.emoji.name' })] },
  { name: 'effects of a resolution', event: 'onResolve', script: [trigger('survey', { payload: { plan: { $: 'ctx.conversation.metadata.plan' } } })] },
]);

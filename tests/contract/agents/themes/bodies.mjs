import { EVENT, MESSAGE, REACTION, reply, ret, see, theme } from '../turns.mjs';

const ALL = see('ctx.event', 'ctx.conversation', 'ctx.subscriber', 'ctx.history', 'ctx.platform', 'ctx.platformContext', 'ctx.context', 'ctx.notification', 'ctx.humanResponse');
const MEMBERS = ['event', 'action', 'message', 'reaction', 'subscriber', 'history', 'platform', 'platformContext', 'context', 'notification', 'humanResponse', 'deliveryId', 'conversationId', 'integrationIdentifier', 'agentId', 'version'];
const without = (name) => ({ [name]: undefined });
const wrong = { message: 7, subscriber: 'ann', history: 'x', platform: 7, platformContext: [], context: 'c', notification: 'n', humanResponse: 1, event: 7 };
const what = { onMessage: 'message', onAction: 'action', onReaction: 'reaction' };
const NOTE = { id: 'n-1', workflowId: 'order-late', messageId: 'm-1', platformMessageId: 'pm-1', sentAt: '2026-01-01T00:00:00.000Z', body: 'Late', payload: { order: 7 } };

export default theme('bodies', 'What handlers are given, whatever the event holds.', [
  ...Object.keys(what).map((event) => ({ name: `all of ${event}`, event, script: [...ALL, ...see(what[event])] })),
  { name: 'all of onResolve', event: 'onResolve', script: ALL },
  { name: 'all members there', parts: { context: { tenant: { id: 't-1', data: { a: 1 } }, org: 'o' }, notification: NOTE, humanResponse: { requestId: 'hr_1' }, subscriberAccess: 'restricted', history: [{ role: 'user', type: 'message', content: 'Hi', senderName: 'Ann', createdAt: 'x' }] }, script: ALL },
  ...MEMBERS.map((name) => ({ name: `without ${name}`, parts: without(name), script: [...ALL, ...see('message'), ret('done')] })),
  ...MEMBERS.filter((name) => !['event', 'version', 'agentId', 'history'].includes(name)).map((name) => ({ name: `${name} is null`, modes: ['reply'], parts: { [name]: null }, script: [...ALL, ...see('message'), ret('done')] })),
  ...Object.entries(wrong).map(([name, value]) => ({ name: `${name} is ${JSON.stringify(value)}`, modes: ['reply'], parts: { [name]: value }, script: [...ALL, ...see('message')] })),
  { name: 'the event of the body contradicts the query', parts: { event: 'onAction' }, script: [...see('ctx.event'), ret('a message')] },
  { name: 'members of its own', parts: { more: 1, message: { ...MESSAGE, more: { a: 1 } } }, script: see('message', 'message.more') },
  { name: 'a message without members', parts: { message: {} }, script: [...see('message'), reply('done')] },
  { name: 'a message with files', parts: { message: { ...MESSAGE, attachments: [{ type: 'image', url: 'https://acme.test/a.png', mimeType: 'image/png', size: 3 }] } }, script: see('message.attachments') },
  { name: 'a reaction taken away', event: 'onReaction', parts: { reaction: { ...REACTION, added: false, message: null } }, script: see('reaction') },
  { name: 'an email', parts: { platform: 'email', platformContext: { threadId: 't', channelId: 'c', isDM: false, message: { headers: { to: 'a' } }, email: { domain: { id: 'd', name: 'acme.test' }, route: { address: 'support@acme.test' }, rootMessageId: 'r' } } }, script: see('ctx.platformContext.email', 'ctx.platformContext.isDM') },
  { name: 'a conversation that is empty', parts: { conversation: {} }, script: [...see('ctx.conversation'), { do: 'set', key: 'a', value: 1 }] },
  { name: 'a conversation that is a text', parts: { conversation: 'c' }, script: see('ctx.conversation') },
  { name: 'a conversation that is a number', parts: { conversation: 7 }, script: see('ctx.conversation') },
  { name: 'a conversation that is null', parts: { conversation: null }, handlers: { onMessage: [reply('x')], onError: [ret('y')] } },
  { name: 'no conversation', parts: { conversation: undefined }, handlers: { onMessage: [reply('x')], onError: [ret('y')] } },
  { name: 'ids of other types', parts: { conversationId: { a: [1] }, integrationIdentifier: 7 }, script: [reply('x')] },
  { name: 'ids that are null', parts: { conversationId: null, integrationIdentifier: null, deliveryId: null, agentId: null }, script: [reply('x')] },
  { name: 'a URL with a query', parts: { replyUrl: '/reply?a=1&b=%20', eventsUrl: undefined }, modes: ['reply'], script: [reply('x')] },
  ...[['missing', undefined], ['null', null], ['empty', '']].map(([name, eventsUrl]) => ({ name: `eventsUrl is ${name}`, modes: ['reply'], parts: { eventsUrl }, script: [reply('x')] })),
  ...[['missing', undefined], ['null', null], ['empty', ''], ['no URL', 'nowhere'], ['a number', 7]].map(([name, replyUrl]) => ({ name: `replyUrl is ${name}`, parts: { replyUrl }, handlers: { onMessage: [{ do: 'set', key: 'a', value: 1 }, reply('x')], onError: [ret('y')] } })),
  { name: 'eventsUrl is no URL', modes: ['events'], parts: { eventsUrl: 'nowhere' }, script: [reply('x')] },
  ...[['of a notification', NOTE, 'order-late'], ['of another workflow', NOTE, 'other'], ['of none', null, 'order-late']].map(([name, notification, workflow]) => ({ name: `from a workflow: ${name}`, modes: ['reply'], parts: { notification }, script: [{ do: 'from', workflow, as: 'is' }, ...see('is')] })),
  ...['onAction', 'onReaction', 'onResolve'].map((event) => ({ name: `${event} without a handler`, event, handlers: {}, parts: {} })),
  ...['onError', 'onToolApproval', 'onmessage', 'message', ''].map((event) => ({ name: `the event ${JSON.stringify(event)}`, event, handlers: { onMessage: [reply('x')], onError: [ret({ $: 'error.message' })] } })),
  { name: 'an unknown event, not handled', event: 'onOpen', handlers: { onMessage: [reply('x')] } },
  { name: 'a message with the platform history', parts: { history: [null, 7, { role: 'user' }] }, script: see('ctx.history') },
]);
void EVENT;

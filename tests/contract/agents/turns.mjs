// How themes write down agents and the events that they get. What a fixture stores is whole: nothing is implied there.

export const EVENT = {
  version: 1,
  timestamp: '2026-01-01T00:00:00.000Z',
  deliveryId: 'd-1',
  conversationId: 'c-1',
  integrationIdentifier: 'slack-1',
  action: null,
  message: null,
  reaction: null,
  conversation: { identifier: 'conv-1', status: 'open', metadata: { plan: 'pro', seats: 3 }, messageCount: 2, createdAt: '2026-01-01T00:00:00.000Z', lastActivityAt: '2026-01-01T00:00:00.000Z' },
  subscriber: { subscriberId: 'ann', firstName: 'Ann', email: 'ann@acme.test' },
  history: [],
  platform: 'slack',
  platformContext: { threadId: 'th-1', channelId: 'ch-1', isDM: true },
};

export const MESSAGE = { text: 'Hello', platformMessageId: 'pm-1', author: { userId: 'u-1', fullName: 'Ann Lee', userName: 'ann', isBot: false }, timestamp: '2026-01-01T00:00:00.000Z' };
export const ACTION = { id: 'ok', value: 'yes', sourceMessageId: 'pm-9' };
export const REACTION = { messageId: 'pm-9', emoji: { name: 'thumbs_up' }, added: true, message: MESSAGE };
const WHAT = { onMessage: { message: MESSAGE }, onAction: { action: ACTION }, onReaction: { reaction: REACTION } };

/** The body of an event, in reply mode or in events mode. */
export const body = (event, parts = {}, mode = 'reply') => ({
  ...EVENT,
  event,
  agentId: 'in-the-body',
  replyUrl: '/reply',
  ...(mode === 'events' && { eventsUrl: '/events' }),
  ...WHAT[event],
  ...parts,
});

export const request = (agentId, event, parts, mode) => ({
  method: 'POST',
  query: [['action', 'agent-event'], ['agentId', agentId], ['event', event]],
  body: body(event, parts, mode),
});

/** A theme of turns: each on an agent of its own, and in both modes unless it says in which. */
export function theme(name, about, turns) {
  const agents = [];
  const exchanges = [];
  turns.forEach((turn, number) => {
    const { event = 'onMessage', script, handlers = { [event]: script }, parts, answers, modes = ['reply', 'events'], renderApproval } = turn;
    const agentId = `${name}-${number + 1}`;
    agents.push({ agentId, handlers: { onMessage: [], ...handlers }, ...(renderApproval && { renderApproval }) });
    for (const mode of modes) {
      exchanges.push({ name: `${turn.name}, ${mode} mode`, request: request(agentId, event, parts, mode), ...(answers && { answers }) });
    }
  });
  return { name, about, agents, exchanges };
}

export const reply = (content, more = {}) => ({ do: 'reply', content, ...more });
export const see = (...paths) => paths.map((path) => ({ do: 'set', key: path, value: { $: path } }));
export const attempt = (...script) => ({ do: 'try', script, catch: [{ do: 'set', key: 'error', value: { $: 'error.message' } }] });
export const ret = (value) => ({ do: 'return', value });
export const card = (title, ...children) => ({ type: 'card', title, children });

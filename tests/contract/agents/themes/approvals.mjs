import { attempt, card, reply, ret, see, theme } from '../turns.mjs';

const CALL = { id: 'call-1', name: 'refund', input: { order: 7, note: 'late' } };
const ask = (call = CALL, more = {}) => ({ do: 'request', call, as: 'asked', ...more });
const END = ret({ $: 'asked' });
const set = { do: 'set', key: 'a', value: 1 };
const ASKED = (approvalId, toolData) => ({ role: 'assistant', type: 'tool_approval_request', content: '', toolData: { approvalId, toolCallId: `${approvalId}-tc`, toolName: 'refund', input: { order: 7 }, ...toolData }, createdAt: '2026-01-01T00:00:00.000Z' });
const SEEN = see('decision.approved', 'decision.toolCall', 'decision.approvalMessage.messageId', 'decision.approvalMessage.platformThreadId');
const pressed = (name, id, { history = [ASKED('call-1')], handlers = { onToolApproval: SEEN, onAction: [reply('an action')] }, action = {}, answers, modes } = {}) => ({
  name, event: 'onAction', parts: { action: { id, sourceMessageId: 'pm-9', ...action }, history }, handlers, answers, modes,
});
const once = (turn) => ({ ...turn, modes: ['reply'] });
const APPROVE = 'tool-approval:approve:call-1';
const rendered = (name, renderApproval, script = [set, ask(), END]) => ({ name, renderApproval, script });

export default theme('approvals', 'Tools that a person is asked to allow, and what becomes of the answer.', [
  { name: 'asked', script: [ask(), END] },
  { name: 'asked, not returned', script: [ask()] },
  { name: 'asked with what is pending', script: [set, ask(), END] },
  { name: 'asked without input', script: [ask({ id: 'c', name: 'n' }), END] },
  { name: 'asked with empty input', script: [ask({ id: 'c', name: 'n', input: {} }), END] },
  { name: 'asked without an id', script: [ask({ name: 'n', input: { a: 1 } }), END] },
  { name: 'asked with an empty id', script: [ask({ id: '', name: '' }), END] },
  { name: 'asked twice', script: [ask(), ask({ id: 'call-2', name: 'ship' }), END] },
  { name: 'asked, then a reply', script: [ask(), reply('Please decide'), ret('end')] },
  { name: 'asked on an action', event: 'onAction', script: [ask(), END] },
  { name: 'asked, and not delivered', script: [set, ask(), END], answers: [{ status: 400, body: { message: 'no card' } }] },
  { name: 'asked, and answered without ids', script: [ask(), END], answers: [{ body: {} }] },
  rendered('rendered with other texts', { card: { title: 'Refund?', subtitle: 'Order 7', approveLabel: 'Pay', denyLabel: 'Keep', icon: 'stripe', body: '**7**' } }),
  rendered('rendered as a text', { value: 'May I?' }),
  rendered('rendered as an empty text', { value: '' }),
  rendered('rendered as a card', { value: card('Refund?', { type: 'actions', children: [{ type: 'button', id: { $: 'actionIds.approve' }, label: 'Yes' }, { type: 'button', id: { $: 'actionIds.deny' }, label: 'No' }] }) }),
  rendered('rendered with the call', { value: { $: 'toolCall.name' } }),
  rendered('rendered as a number', { value: 7 }),
  rendered('rendered as an object', { value: { type: 'other' } }),
  rendered('rendered as a number, caught', { value: 7 }, [set, attempt(ask()), reply('after')]),
  rendered('rendered as a number twice, caught', { value: 7 }, [attempt(ask()), attempt(ask()), reply('after')]),
  rendered('rendering raises', { throw: 'no paint' }),
  rendered('rendering raises, caught', { throw: 'no paint' }, [set, attempt(ask()), reply('after')]),
  rendered('a card of its own type', { value: { type: 'tool-approval-card', title: 'Mine' } }),
  rendered('an override of the type', { card: { type: 'card', title: 'Mine' } }),
  rendered('an override of the type to another', { card: { type: 'x' } }),
  pressed('approved', APPROVE),
  pressed('denied', 'tool-approval:deny:call-1'),
  pressed('approved with a reply', APPROVE, { handlers: { onToolApproval: [...SEEN, ret('Refunded')] } }),
  pressed('approved, and the message edited', APPROVE, { handlers: { onToolApproval: [{ do: 'edit', handle: 'message_', content: 'Approved' }, { do: 'delete', handle: 'message_' }] } }),
  once(pressed('an id with colons', 'tool-approval:approve:a:b:c', { history: [ASKED('a:b:c')] })),
  once(pressed('an unknown approval', 'tool-approval:approve:other')),
  once(pressed('no history', APPROVE, { history: [] })),
  once(pressed('history without a tool call id', APPROVE, { history: [ASKED('call-1', { toolCallId: undefined }), ASKED('call-1')] })),
  once(pressed('history with an empty tool call id', APPROVE, { history: [ASKED('call-1', { toolCallId: '' })] })),
  once(pressed('history without a tool name', APPROVE, { history: [ASKED('call-1', { toolName: undefined })] })),
  once(pressed('history with an empty tool name', APPROVE, { history: [ASKED('call-1', { toolName: '' })] })),
  once(pressed('history without input', APPROVE, { history: [ASKED('call-1', { input: undefined })] })),
  once(pressed('the first of two', APPROVE, { history: [ASKED('call-1', { toolName: 'first' }), ASKED('call-1', { toolName: 'second' })] })),
  once(pressed('history of other types', APPROVE, { history: [{ role: 'user', type: 'message', content: 'x' }, { ...ASKED('call-1'), type: 'tool_result' }, ASKED('call-1')] })),
  once(pressed('history without tool data', APPROVE, { history: [{ type: 'tool_approval_request' }, { type: 'tool_approval_request', toolData: null }, ASKED('call-1')] })),
  once(pressed('a null entry in the history', APPROVE, { history: [null] })),
  once(pressed('history that is null', APPROVE, { history: null })),
  once(pressed('no message that it came from', APPROVE, { action: { sourceMessageId: undefined } })),
  once(pressed('a null message that it came from', APPROVE, { action: { sourceMessageId: null } })),
  once(pressed('no onToolApproval', APPROVE, { handlers: { onAction: [reply({ $: 'action.id' })] } })),
  once(pressed('neither handler', APPROVE, { handlers: {} })),
  ...['tool-approval:approve:', 'tool-approval:APPROVE:call-1', 'tool-approval:maybe:call-1', 'tool-approval:approve', 'x:tool-approval:approve:call-1', 'tool-approval:approve:a\nb', ''].map((id) => once(pressed(`the action id ${JSON.stringify(id)}`, id))),
  once(pressed('an action id that is a number', 7)),
  once(pressed('an action id that is null', null)),
  once(pressed('an action id that is a number, without onToolApproval', 7, { handlers: { onAction: [reply('an action')] } })),
  once({ name: 'an action that is null', event: 'onAction', parts: { action: null }, handlers: { onToolApproval: SEEN, onAction: [reply('an action')] } }),
  once({ name: 'an approval that comes as a message', parts: { message: { text: APPROVE } }, handlers: { onToolApproval: SEEN, onMessage: [reply('a message')] } }),
  pressed('the decision raises', APPROVE, { handlers: { onToolApproval: [set, { do: 'throw', message: 'no money' }] } }),
]);

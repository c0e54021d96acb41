import { attempt, reply, see, theme } from '../turns.mjs';

const human = (what, prompt, more) => ({ do: what, prompt, ...(more && { with: more }), ...(what === 'choose' && { options: ['a', 'b'] }) });
const KINDS = ['ask', 'approve', 'choose', 'tell'];
const refused = (name, line) => ({ name, modes: ['reply'], script: [attempt(line), reply('after')] });
const choose = (...options) => ({ do: 'choose', prompt: 'Which?', options });

export default theme('human', 'Requests to people: ask, approve, choose, tell.', [
  ...KINDS.flatMap((kind) => [
    { name: `${kind}`, script: [human(kind, 'Deploy?')] },
    { name: `${kind} with a reply`, script: [human(kind, 'Deploy?'), reply('one moment')] },
    { name: `${kind} with all options`, script: [human(kind, 'Deploy?', { from: 'deploy-bot', ttlSeconds: 3600, to: ['ann', 'bob'] })] },
    { name: `${kind} of one`, script: [human(kind, 'Deploy?', { to: ' ann ' })] },
    { name: `${kind} with a limit of zero`, modes: ['reply'], script: [human(kind, 'Deploy?', { ttlSeconds: 0 })] },
    { name: `${kind} from nobody`, modes: ['reply'], script: [human(kind, '', { from: '' })] },
    refused(`${kind} of nobody`, human(kind, 'Deploy?', { to: [] })),
    refused(`${kind} of blanks`, human(kind, 'Deploy?', { to: [' ', ''] })),
  ]),
  { name: 'the id that is returned', script: [{ ...human('ask', 'Why?'), as: 'id' }, ...see('id')] },
  { name: 'two requests', script: [human('ask', 'Why?'), human('approve', 'OK?', { ttlSeconds: 1.5 })] },
  { name: 'addressees trimmed and once', modes: ['reply'], script: [human('ask', 'Why?', { to: ['bob ', ' ann', 'bob', '', 'ann'] })] },
  { name: 'fifty addressees', modes: ['reply'], script: [human('ask', 'Why?', { to: Array.from({ length: 50 }, (_, i) => `s-${i}`) })] },
  { name: 'fifty addressees and one twice', modes: ['reply'], script: [human('ask', 'Why?', { to: ['s-0', ...Array.from({ length: 50 }, (_, i) => `s-${i}`)] })] },
  refused('fifty-one addressees', human('ask', 'Why?', { to: Array.from({ length: 51 }, (_, i) => `s-${i}`) })),
  refused('an addressee that is a number', human('ask', 'Why?', { to: ['ann', 7] })),
  refused('an addressee that is empty', human('ask', 'Why?', { to: '' })),
  refused('no options', choose()),
  refused('one option', choose('a')),
  refused('eleven options', choose(...'abcdefghijk')),
  { name: 'ten options', modes: ['reply'], script: [choose(...'abcdefghij')] },
  { name: 'options that repeat and have blanks', modes: ['reply'], script: [choose(' a', ' a', 'b ')] },
  refused('a blank option', choose('a', ' ')),
  refused('an option that is a number', choose('a', 7)),
  refused('options before addressees', { ...choose('a'), with: { to: [] } }),
  { name: 'an answer comes', parts: { humanResponse: { requestId: 'hr_1', interactionId: 'hi_1', kind: 'ask', status: 'answered', expired: false, text: 'because', respondedBySubscriberId: 'ann', more: 1 } }, script: see('ctx.humanResponse', 'ctx.humanResponse.text') },
  { name: 'a verdict comes', event: 'onAction', parts: { humanResponse: { requestId: 'hr_1', kind: 'approve', status: 'denied', expired: false, optionId: 'deny' } }, script: see('ctx.humanResponse.optionId', 'action.id') },
  { name: 'the time ran out', parts: { humanResponse: { requestId: 'hr_1', kind: 'choose', status: 'expired', expired: true } }, script: [...see('ctx.humanResponse'), reply('Too late')] },
]);

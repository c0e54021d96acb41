// Makes agents of the npm package of agents that are data. The same scripts run in Python: described.py.

import { AgentDeliveryError, agent, isFromWorkflow } from '@novu/framework';

const PARAMETERS = {
  onMessage: ['message', 'ctx'],
  onAction: ['action', 'ctx'],
  onReaction: ['reaction', 'ctx'],
  onResolve: ['ctx'],
  onToolApproval: ['decision', 'ctx'],
  onError: ['error', 'ctx'],
};

const lookUp = (path, scope) => path.split('.').reduce((value, key) => value?.[key], scope);

/** A template with what it names put in: `{"$": path}`, `{"$bytes": n}`, `{"$text": [char, n]}`. */
export function fill(template, scope) {
  if (Array.isArray(template)) return template.map((item) => fill(item, scope));
  if (template === null || typeof template !== 'object') return template;
  if ('$' in template) return lookUp(template.$, scope);
  if ('$bytes' in template) return Buffer.alloc(template.$bytes, 1);
  if ('$text' in template) return template.$text[0].repeat(template.$text[1]);
  return Object.fromEntries(Object.entries(template).map(([key, item]) => [key, fill(item, scope)]));
}

const RETURNED = Symbol('returned');

async function play(script, scope) {
  const { ctx } = scope;
  for (const line of script) {
    const given = { ...line };
    for (const key of Object.keys(given)) if (!['script', 'catch'].includes(key)) given[key] = fill(given[key], scope);
    const { do: what, as } = given;
    let result;
    if (what === 'reply') result = await ctx.reply(given.content, given.files && { files: given.files });
    else if (what === 'edit') result = await scope[given.handle].edit(given.content, given.files && { files: given.files });
    else if (what === 'delete') await scope[given.handle].delete();
    else if (what === 'typing') await ctx.typing(given.status);
    else if (what === 'typing.stop') await ctx.typing.stop();
    else if (what === 'set') ctx.metadata.set(given.key, given.value);
    else if (what === 'unset') ctx.metadata.delete(given.key);
    else if (what === 'clear') ctx.metadata.clear();
    else if (what === 'get') result = ctx.metadata.get(given.key);
    else if (what === 'current') result = { ...ctx.metadata.current };
    else if (what === 'trigger') ctx.trigger(given.workflow, pick(given, 'to', 'payload'));
    else if (what === 'resolve') ctx.resolve(given.summary);
    else if (what === 'react') ctx.addReaction(given.message, given.emoji);
    else if (what === 'deleteMessage') ctx.deleteMessage(given.message);
    else if (what === 'choose') result = ctx.choose(given.prompt, given.options, given.with);
    else if (['ask', 'approve', 'tell'].includes(what)) result = ctx[what](given.prompt, given.with);
    else if (what === 'emit') await ctx.emit({ name: given.name, data: given.data });
    else if (what === 'request') result = await ctx.toolApproval.request(given.call);
    else if (what === 'from') result = isFromWorkflow(ctx.notification, { id: given.workflow });
    else if (what === 'throw') throw new Error(given.message);
    else if (what === 'return') return [RETURNED, given.value];
    else if (what === 'pause') await new Promise((resolve) => setTimeout(resolve, 5));
    else if (what === 'try') {
      try {
        const returned = await play(line.script, scope);
        if (returned) return returned;
      } catch (error) {
        const returned = await play(line.catch ?? [], { ...scope, error: shown(error) });
        if (returned) return returned;
      }
    } else throw new RangeError(`no such line: ${JSON.stringify(line)}`);
    if (as) scope[as] = result;
  }
  return undefined;
}

const pick = (given, ...names) => Object.fromEntries(names.filter((name) => name in given).map((name) => [name, given[name]]));

const shown = (error) => ({
  message: error.message,
  delivery: error.delivery,
  isDelivery: error instanceof AgentDeliveryError,
});

/** The agent that a description says. */
export function fromDescription({ agentId, handlers, renderApproval }) {
  const made = {};
  for (const [name, script] of Object.entries(handlers)) {
    made[name] = async (...given) => {
      const scope = Object.fromEntries(PARAMETERS[name].map((parameter, index) => [parameter, given[index]]));
      if (name === 'onError') scope.error = shown(scope.error);
      if (name === 'onToolApproval') scope.message_ = scope.decision.approvalMessage;
      return (await play(script, scope))?.[1];
    };
  }
  if (renderApproval) {
    made.toolApproval = {
      renderApproval: ({ toolCall, actionIds, approvalCard }) => {
        if (renderApproval.throw) throw new Error(renderApproval.throw);
        if (renderApproval.card) return approvalCard(renderApproval.card);
        return fill(renderApproval.value, { toolCall, actionIds });
      },
    };
  }
  return agent(agentId, made);
}

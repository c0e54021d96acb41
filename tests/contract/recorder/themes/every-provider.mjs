// Every provider that the package knows, as discovery shows it, and asked for nothing.

import { providerSchemas } from '@novu/framework';
import { discover, execute, health } from '../requests.mjs';

const OUTPUTS = {
  email: { subject: 'Hi', body: 'Text' },
  sms: { body: 'Text' },
  push: { subject: 'Hi', body: 'Text' },
  chat: { body: 'Text' },
  in_app: { body: 'Text' },
  tool: { body: 'Text' },
};

const described = Object.entries(OUTPUTS).map(([type, outputs]) => ({
  workflowId: `every-${type}`,
  steps: [
    {
      stepId: 'step',
      type,
      outputs,
      providers: Object.fromEntries(Object.keys(providerSchemas[type]).map((provider) => [provider, { _passthrough: { body: { a: 1 } } }])),
    },
  ],
}));

export default {
  name: 'every-provider',
  about: 'Every provider that the package knows, with its schema.',
  described,
  exchanges: [discover(), health(), ...described.map(({ workflowId }) => execute(workflowId, 'step', {}))],
};

// The twin of apps/cold.py.
import { Client, workflow } from '@novu/framework';
import { serve } from '@novu/framework/lambda';

const object = (properties, required = []) => ({ type: 'object', properties, required, additionalProperties: false });
const comment = (id) =>
  workflow(
    id,
    async ({ step, payload }) => {
      await step.email('email', async (controls) => ({ subject: controls.subject, body: `<p>${payload.comment}</p>` }), {
        controlSchema: object({ subject: { type: 'string', default: 'New comment on {{ payload.post_id }}' } }),
      });
    },
    { payloadSchema: object({ comment: { type: 'string' }, post_id: { type: 'string' } }, ['comment', 'post_id']) }
  );

const workflows = [0, 1, 2, 3, 4].map((n) => comment(`comment-${n}`));
const handler = serve({ client: new Client({ strictAuthentication: false, verbose: false }), workflows });
const answer = await handler(JSON.parse(process.env.BENCH_EVENT), {});
if (answer.statusCode !== 200 || !answer.body.includes('post-42')) throw new Error(JSON.stringify(answer));

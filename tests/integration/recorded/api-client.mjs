// What an app does with @novu/api: each answer is parsed by the package's own schemas, or this fails.
import { Novu } from '@novu/api';

const [url, secretKey] = process.argv.slice(2);
const novu = new Novu({ serverURL: url, secretKey, retryConfig: { strategy: 'none' } });

await novu.subscribers.create({
  subscriberId: 'ann',
  email: 'ann@acme.test',
  firstName: 'Ann',
  data: { plan: 'pro' },
});
await novu.subscribers.retrieve('ann');
await novu.subscribers.patch({ lastName: 'Lee' }, 'ann');
await novu.subscribers.search({ email: '@acme.test' });
await novu.subscribers.createBulk({ subscribers: [{ subscriberId: 'bob' }, { subscriberId: 'cid' }] });
await novu.subscribers.credentials.update(
  { providerId: 'fcm', credentials: { deviceTokens: ['one'] } },
  'ann',
);

await novu.topics.create({ key: 'post-1', name: 'Post' });
await novu.topics.subscriptions.create({ subscriberIds: ['bob', 'cid'] }, 'post-1');
await novu.topics.subscriptions.list({ topicKey: 'post-1' });
await novu.topics.list({});

const { result: triggered } = await novu.trigger({
  workflowId: 'comment-notification',
  to: 'ann',
  payload: { comment: 'Hi' },
});
await novu.triggerBulk({
  events: [
    { workflowId: 'comment-notification', to: { type: 'Topic', topicKey: 'post-1' }, payload: { comment: 'All' } },
    { workflowId: 'daily-digest', to: ['ann', 'bob'] },
  ],
});
await novu.triggerBroadcast({ name: 'security-alert', payload: {} });

await novu.subscribers.preferences.list({ subscriberId: 'ann' });
await novu.subscribers.preferences.update(
  { workflowId: 'comment-notification', channels: { email: false } },
  'ann',
);

const { result: inbox } = await novu.subscribers.notifications.list({ subscriberId: 'ann' });
const ids = { subscriberId: 'ann', notificationId: inbox.data.at(-1).id };
await novu.subscribers.notifications.markAsRead(ids);
await novu.subscribers.notifications.archive(ids);
await novu.subscribers.notifications.completeAction({ ...ids, actionType: 'primary' });
await novu.subscribers.notifications.count('ann', JSON.stringify([{ read: false }]));
await novu.subscribers.notifications.markAllAsRead({}, 'ann');

const { result: feed } = await novu.notifications.list({});
await novu.notifications.retrieve(feed.data[0].id);
await novu.messages.retrieve({});
await novu.workflows.list({});
await novu.workflows.get('comment-notification');
await novu.cancel(triggered.transactionId);
await novu.subscribers.delete('cid');

for (const [what, call, name] of [
  ['an unknown subscriber', () => novu.subscribers.retrieve('nobody'), 'ErrorDto'],
  ['an unknown workflow', () => novu.trigger({ workflowId: 'nope', to: 'ann' }), 'ValidationErrorDto'],
]) {
  const error = await call().then(
    () => null,
    (raised) => raised,
  );
  if (error?.constructor?.name !== name) throw new Error(`${what} gave ${error?.constructor?.name}: ${error}`);
}

// What an app that still has @novu/node 2, the client of the API's first version, does with the operations that it
// shares with the client of today. It takes any answer, so that what an app reads of them is asked for here.
import assert from 'node:assert/strict';
import { Novu } from '@novu/node';

const [url, secretKey] = process.argv.slice(2);
const novu = new Novu(secretKey, { backendUrl: url });
const data = async (request) => (await request).data.data;
const refused = (status, request) => assert.rejects(request, (error) => error.response.status === status);

// --- subscribers ---
const { subscribers } = novu;
assert.equal((await data(subscribers.identify('ann', { email: 'ann@acme.test', data: { plan: 'pro' } }))).email, 'ann@acme.test');
await subscribers.identify('ann', { firstName: 'Ann' });
const ann = await data(subscribers.get('ann'));
assert.deepEqual([ann.firstName, ann.email, ann.data], ['Ann', 'ann@acme.test', { plan: 'pro' }]);
assert.equal((await data(subscribers.update('ann', { lastName: 'Lee' }))).lastName, 'Lee');
await refused(400, subscribers.update('nobody', { lastName: 'Lee' }));
assert.equal((await data(subscribers.bulkCreate([{ subscriberId: 'bob' }, { subscriberId: 'cid' }]))).created.length, 2);
const page = (await subscribers.list(0, 2)).data;
assert.deepEqual([page.data.length, page.page, page.pageSize, page.hasMore], [2, 0, 2, true]);
await subscribers.setCredentials('ann', 'fcm', { deviceTokens: ['one'] });
await subscribers.unsetCredentials('ann', 'fcm');
await subscribers.deleteCredentials('ann', 'fcm');
await refused(422, subscribers.updateOnlineStatus('ann', true)); // it calls the field `online`, and Novu `isOnline`

// --- topics ---
const { topics } = novu;
assert.equal((await data(topics.create({ key: 'post-1', name: 'Post' }))).key, 'post-1');
await refused(409, topics.create({ key: 'post-1', name: 'Post' }));
const added = await data(topics.addSubscribers('post-1', { subscribers: ['bob', 'cid', 'nobody'] }));
assert.deepEqual(added, { succeeded: ['bob', 'cid'], failed: { notFound: ['nobody'] } });
assert.equal((await data(topics.checkSubscriber('post-1', 'bob'))).externalSubscriberId, 'bob');
await topics.removeSubscribers('post-1', { subscribers: ['cid'] });
assert.equal((await data(topics.rename('post-1', 'The post'))).name, 'The post');
assert.deepEqual((await data(topics.get('post-1'))).subscribers, ['bob']);
assert.equal((await topics.list({ page: 0, pageSize: 5 })).data.totalCount, 1);
await refused(409, topics.delete('post-1'));

// --- triggers ---
const triggered = await data(novu.trigger('comment-notification', { to: 'ann', payload: { comment: 'Hi' } }));
assert.equal(triggered.acknowledged, true);
await novu.trigger('comment-notification', { to: [{ type: 'Topic', topicKey: 'post-1' }], payload: { comment: 'All' } });
const many = [
  { name: 'comment-notification', to: 'ann', payload: { comment: 'Again' } },
  { name: 'daily-digest', to: ['ann', 'bob'], payload: {}, transactionId: 'digest-1' },
];
assert.equal((await data(novu.bulkTrigger(many))).length, 2);
await novu.broadcast('security-alert', { payload: {} });
await novu.events.cancel('digest-1');
await refused(422, novu.trigger('nothing', { to: 'ann', payload: {} }));

// --- preferences ---
const [first] = await data(subscribers.getPreference('ann'));
assert.equal(first.template.triggers[0].identifier, 'comment-notification');
const changed = await data(subscribers.updatePreference('ann', first.template._id, { channel: { type: 'email', enabled: false } }));
assert.equal(changed.preference.channels.email, false);
await subscribers.getPreference('ann', { includeInactiveChannels: true });
await subscribers.getPreferenceByLevel('ann', 'template');
await subscribers.updateGlobalPreference('ann', { preferences: [{ type: 'email', enabled: false }] });
assert.equal((await data(subscribers.getGlobalPreference('ann')))[0].preference.channels.email, false);

// --- messages ---
const feed = (await subscribers.getNotificationsFeed('ann', { page: 0 })).data.data;
assert.ok(feed.length > 1);
const { _id: id } = feed[0];
assert.equal((await data(subscribers.getUnseenCount('ann', false))).count, feed.length);
assert.equal((await data(subscribers.markMessageSeen('ann', id)))[0].seen, true);
assert.equal((await data(subscribers.markMessageRead('ann', id)))[0].read, true);
assert.equal((await data(subscribers.markMessageAs('ann', id, { read: false })))[0].read, false);
assert.equal(await data(subscribers.markAllMessagesAs('ann', 'read')), feed.length);
const messages = (await novu.messages.list({ subscriberId: 'ann', channel: 'in_app' })).data.data;
assert.equal(messages.length, feed.length);
await novu.messages.deleteById(id);
await novu.messages.deleteByTransactionId(triggered.transactionId);

// --- integrations, tenants and environments ---
const { integrations, tenants } = novu;
const made = await data(integrations.create('sendgrid', { channel: 'email', credentials: { apiKey: 'x' }, active: true, check: false }));
await integrations.update(made._id, { active: true, check: false });
await integrations.setIntegrationAsPrimary(made._id);
assert.ok((await data(integrations.getAll())).length > (await data(integrations.getActive())).length - 1);
await integrations.delete(made._id);
await tenants.create('acme', { name: 'Acme' });
await tenants.update('acme', { name: 'Acme Inc' });
assert.equal((await data(tenants.get('acme'))).name, 'Acme Inc');
await tenants.list();
await tenants.delete('acme');
await novu.environments.getCurrent();
await novu.environments.getAll();
await subscribers.delete('cid');
await refused(404, subscribers.get('cid'));

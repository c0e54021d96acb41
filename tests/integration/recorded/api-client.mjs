// What an app does with @novu/api, each of its operations once at least: every answer is parsed by the package's own
// schemas, or this fails.
import { Novu } from '@novu/api';

const [url, secretKey, conversationId] = process.argv.slice(2);
const client = new Novu({ serverURL: url, secretKey, retryConfig: { strategy: 'none' } });

// The operations there are, and those that were called.
const called = new Set();
const isPart = (value) => value && typeof value === 'object' && '_options' in value;
const methods = (part) => Object.getOwnPropertyNames(Object.getPrototypeOf(part)).filter((name) => name !== 'constructor');
const valueOf = (part, name) => part[name];
const operations = (part, prefix = '') =>
  methods(part).flatMap((name) =>
    isPart(valueOf(part, name)) ? operations(part[name], `${prefix}${name}.`) : [`${prefix}${name}`],
  );
const watched = (part, prefix = '') =>
  new Proxy(part, {
    get(_, name) {
      const value = part[name];
      if (isPart(value)) return watched(value, `${prefix}${name}.`);
      called.add(`${prefix}${name}`);
      return value.bind(part);
    },
  });
const novu = watched(client);

// --- subscribers and topics ---
await novu.subscribers.create({ subscriberId: 'ann', email: 'ann@acme.test', firstName: 'Ann', data: { plan: 'pro' } });
await novu.subscribers.retrieve('ann');
await novu.subscribers.patch({ lastName: 'Lee' }, 'ann');
await novu.subscribers.search({ email: '@acme.test' });
await novu.subscribers.createBulk({ subscribers: [{ subscriberId: 'bob' }, { subscriberId: 'cid' }] });
const fcm = { providerId: 'fcm', credentials: { deviceTokens: ['one'] } };
await novu.subscribers.credentials.update(fcm, 'ann');
await novu.subscribers.credentials.append(fcm, 'ann');
await novu.subscribers.credentials.delete('ann', 'fcm');
await novu.subscribers.properties.updateOnlineFlag({ isOnline: true }, 'ann');

await novu.topics.create({ key: 'post-1', name: 'Post' });
await novu.topics.get('post-1');
await novu.topics.update({ name: 'The post' }, 'post-1');
await novu.topics.subscriptions.create({ subscriptions: [{ subscriberId: 'bob', identifier: 'bobs' }, 'cid'] }, 'post-1');
await novu.topics.subscriptions.list({ topicKey: 'post-1' });
await novu.topics.subscriptions.getSubscription('post-1', 'bobs');
await novu.topics.subscriptions.update({
  topicKey: 'post-1',
  identifier: 'bobs',
  updateTopicSubscriptionRequestDto: { name: "Bob's" },
});
await novu.topics.subscribers.retrieve('bob', 'post-1');
await novu.subscribers.topics.list({ subscriberId: 'bob' });
await novu.topics.list({});

// --- triggers ---
const { result: triggered } = await novu.trigger({
  workflowId: 'comment-notification',
  to: 'ann',
  payload: { comment: 'Hi' },
});
await novu.triggerBulk({
  events: [
    { workflowId: 'comment-notification', to: { type: 'Topic', topicKey: 'post-1' }, payload: { comment: 'All' } },
    { workflowId: 'daily-digest', to: ['ann', 'bob'], payload: {} },
  ],
});
await novu.triggerBroadcast({ name: 'security-alert', payload: {} });

// --- preferences and the inbox ---
await novu.subscribers.preferences.list({ subscriberId: 'ann' });
await novu.subscribers.preferences.update({ workflowId: 'comment-notification', channels: { email: false } }, 'ann');
await novu.subscribers.preferences.bulkUpdate(
  { preferences: [{ workflowId: 'daily-digest', channels: { email: false } }] },
  'ann',
);
const inbox = novu.subscribers.notifications;
const { result: page } = await inbox.list({ subscriberId: 'ann' });
const messageId = page.data.at(-1).id;
const ids = { subscriberId: 'ann', notificationId: messageId };
await inbox.markAsRead(ids);
await inbox.markAsUnread(ids);
await inbox.archive(ids);
await inbox.unarchive(ids);
await inbox.snooze({ ...ids, snoozeSubscriberNotificationDto: { snoozeUntil: new Date('2026-01-02T00:00:00Z') } });
await inbox.unsnooze(ids);
await inbox.completeAction({ ...ids, actionType: 'primary' });
await inbox.revertAction({ ...ids, actionType: 'primary' });
await inbox.count('ann', JSON.stringify([{ read: false }]));
await inbox.markAsSeen({ notificationIds: [messageId] }, 'ann');
await inbox.feed({ subscriberId: 'ann' });
await inbox.unseenCount({ subscriberId: 'ann', seen: false });
await novu.subscribers.messages.markAll({ markAs: 'read' }, 'ann');
await novu.subscribers.messages.markAllAs({ messageId, markAs: 'unread' }, 'ann');
await novu.subscribers.messages.updateAsSeen({
  subscriberId: 'ann',
  messageId,
  type: 'primary',
  markMessageActionAsSeenDto: { status: 'done' },
});
await inbox.markAllAsRead({}, 'ann');
await inbox.archiveAllRead({}, 'ann');
await inbox.archiveAll({}, 'ann');
await inbox.delete(ids);
await inbox.deleteAll({}, 'ann');

// --- the activity feed and messages ---
const { result: feed } = await novu.notifications.list({});
await novu.notifications.retrieve(feed.data[0].id);
const { result: messages } = await novu.messages.retrieve({ subscriberId: 'bob' });
await novu.messages.delete(messages.data[0].id);
await novu.messages.deleteByTransactionId(messages.data[1].transactionId);

// --- workflows ---
const step = { name: 'Bell', type: 'in_app', controlValues: { body: 'Hello {{env.HOST}}' } };
await novu.workflows.create({ name: 'News', workflowId: 'news', active: true, steps: [step] });
await novu.workflows.list({ query: 'news' });
await novu.workflows.get('comment-notification');
await novu.workflows.update({ name: 'News', active: true, steps: [step], preferences: { user: null } }, 'news');
await novu.workflows.patch({ tags: ['social'] }, 'news');
await novu.workflows.steps.retrieve('news', 'bell');
await novu.workflows.steps.generatePreview({ workflowId: 'news', stepId: 'bell', generatePreviewRequestDto: {} });

// --- environments and their variables ---
const { result: staging } = await novu.environments.create({ name: 'Staging', color: '#b15353' });
await novu.environments.list();
await novu.environments.update({ color: '#3366ff' }, staging.id);
await novu.environments.getTags(staging.id);
await novu.environments.diff({}, staging.id);
await novu.environments.publish({}, staging.id);
await novu.workflows.sync({ targetEnvironmentId: staging.id }, 'news');
await novu.environmentVariables.create({ key: 'HOST', values: [{ environmentId: staging.id, value: 'acme.test' }] });
await novu.environmentVariables.list('host');
await novu.environmentVariables.retrieve('HOST');
await novu.environmentVariables.update({ isSecret: true }, 'HOST');
await novu.environmentVariables.usage('HOST');
await novu.environmentVariables.delete('HOST');
await novu.environments.delete(staging.id);

// --- layouts and translations ---
await novu.layouts.create({ layoutId: 'main', name: 'Main' });
await novu.layouts.duplicate({ name: 'Footer' }, 'main');
const body = '<html><body>{{content}}</body></html>';
await novu.layouts.update({ name: 'Footer', controlValues: { email: { body, editorType: 'html' } } }, 'footer');
await novu.layouts.retrieve('footer');
await novu.layouts.list({ query: 'foot' });
await novu.layouts.generatePreview({}, 'footer');
await novu.layouts.usage('footer');

const translated = { resourceType: 'workflow', resourceId: 'news' };
const file = { fileName: 'de_DE.json', content: new TextEncoder().encode('{"hi":"Hallo"}') };
const master = { fileName: 'de_DE.json', content: new TextEncoder().encode('{"workflows":{"news":{"hi":"Hallo"}}}') };
await novu.translations.create({ ...translated, locale: 'en_US', content: { hi: 'Hello' } });
await novu.translations.retrieve({ ...translated, locale: 'en_US' });
await novu.translations.upload({ ...translated, files: [file] });
await novu.translations.groups.retrieve('workflow', 'news');
await novu.translations.master.retrieve('en_US');
await novu.translations.master.import({ locale: 'en_US', masterJson: { workflows: { news: { hi: 'Hi' } } } });
await novu.translations.master.upload({ file: master });
await novu.translations.delete({ ...translated, locale: 'en_US' });
await novu.translations.groups.delete('workflow', 'news');
await novu.layouts.delete('footer');
await novu.workflows.delete('news');

// --- integrations, endpoints and connections ---
const { result: mail } = await novu.integrations.create({
  providerId: 'sendgrid',
  channel: 'email',
  identifier: 'mail',
  active: true,
});
await novu.integrations.create({ providerId: 'slack', channel: 'chat', identifier: 'slack', active: true });
await novu.integrations.list();
await novu.integrations.listActive();
await novu.integrations.update({ name: 'Mail' }, mail.id);
await novu.integrations.setAsPrimary(mail.id);
await novu.integrations.integrationsControllerAutoConfigureIntegration(mail.id);
await novu.integrations.integrationsControllerConfigureIntegrationWebhook('mail');
await novu.integrations.createMobileLink({ subscriberId: 'ann' }, 'mail');
const linked = { integrationIdentifier: 'slack', subscriberId: 'ann' };
await novu.integrations.generateConnectOAuthUrl(linked);
await novu.integrations.generateLinkUserOAuthUrl(linked);
await novu.integrations.generateChatOAuthUrl(linked);
await novu.integrations.linkChannelEndpoint(linked);
await novu.activity.track({ environmentId: staging.id, integrationId: mail.id, requestBody: { id: 'm-1', event: 'open' } });

const workspace = { workspace: { id: 'T1' }, auth: { accessToken: 'token' } };
await novu.channelConnections.create({ ...linked, ...workspace, identifier: 'wire' });
await novu.channelConnections.list({});
await novu.channelConnections.retrieve('wire');
await novu.channelConnections.update(workspace, 'wire');
await novu.channelEndpoints.create({ ...linked, identifier: 'end', type: 'slack_user', endpoint: { userId: 'U1' } });
await novu.channelEndpoints.list({});
await novu.channelEndpoints.retrieve('end');
await novu.channelEndpoints.update({ endpoint: { userId: 'U2' } }, 'end');
await novu.channelEndpoints.delete('end');
await novu.channelConnections.delete('wire');

// --- contexts ---
await novu.contexts.create({ type: 'tenant', id: 'acme', data: { plan: 'pro' } });
await novu.contexts.list({});
await novu.contexts.retrieve('acme', 'tenant');
await novu.contexts.update({ id: 'acme', type: 'tenant', updateContextRequestDto: { data: { plan: 'free' } } });
await novu.contexts.delete('acme', 'tenant');

// --- agents ---
await novu.agents.create({ name: 'Helper', identifier: 'helper' }, '');
await novu.agents.list({});
await novu.agents.retrieve('helper');
await novu.agents.update({ behavior: { acknowledgeOnReceived: true } }, 'helper');
await novu.agents.updateBridge({ bridgeUrl: 'https://acme.test/api/novu' }, 'helper');
await novu.agents.sendReply({ conversationId, integrationIdentifier: 'slack', reply: { markdown: 'Hi' } }, 'talker');
const { result: link } = await novu.agents.integrations.create({ integrationIdentifier: 'slack' }, 'helper');
await novu.agents.integrations.list({ identifier: 'helper' });
await novu.agents.integrations.update({
  identifier: 'helper',
  agentIntegrationId: link.id,
  updateAgentIntegrationRequestDto: { integrationIdentifier: 'mail' },
});
await novu.agents.integrations.delete('helper', link.id);

// --- domains ---
await novu.domains.create({ name: 'acme.test' });
await novu.domains.list({});
await novu.domains.retrieve('acme.test');
await novu.domains.update({ data: { team: 'mail' } }, 'acme.test');
await novu.domains.autoConfigure.retrieve('acme.test');
await novu.domains.autoConfigure.start({}, 'acme.test');
await novu.domains.verify('acme.test');
await novu.domains.diagnose('acme.test');
const routes = novu.domains.routes;
await routes.create({ address: 'support', type: 'agent', agentId: 'helper' }, 'acme.test');
await routes.list({ domain: 'acme.test' });
await routes.retrieve('acme.test', 'support');
await routes.update({ type: 'webhook' }, 'acme.test', 'support');
await routes.test({ from: { address: 'a@acme.test' }, subject: 'Hi', dryRun: true }, 'acme.test', 'support');
await routes.delete('acme.test', 'support');
await novu.domains.delete('acme.test');

// --- what goes ---
await novu.agents.delete('helper', 'false');
await novu.integrations.delete(mail.id);
await novu.topics.subscriptions.delete({ subscriberIds: ['cid'] }, 'post-1');
await novu.topics.delete('post-1');
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

const missing = operations(client).filter((name) => !called.has(name));
if (missing.length) throw new Error(`not called: ${missing.join(', ')}`);
console.log(`${called.size} operations`);

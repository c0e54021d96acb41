// What a web page asks with @novu/js: everything that its classes for an inbox can do.
import assert from 'node:assert';
import { Novu } from '@novu/js';

const [url] = process.argv.slice(2);
const options = { applicationIdentifier: 'app', backendUrl: url, socketUrl: url };
const novu = new Novu({ ...options, subscriber: { subscriberId: 'ann', firstName: 'Ann', timezone: 'Europe/Zurich' } });

async function done(asked) {
  const { data, error } = await asked;
  assert.equal(error, undefined, error && `${error.message}: ${error.originalError}`);
  return data;
}

const list = (filter) => done(novu.notifications.list({ useCache: false, ...filter }));
const { notifications, hasMore } = await list({});
assert.deepEqual([notifications.length, hasMore], [3, false]);
const [third, second, first] = notifications;
assert.equal(first.primaryAction.label, 'Reply');
for (const filter of [
  { limit: 1, offset: 1 }, { after: third.id }, { read: false }, { seen: false, archived: false, snoozed: false }, { tags: ['social'] },
  { tags: { and: [{ or: ['social', 'x'] }, { or: ['social'] }] } }, { data: { post: '1' } }, { severity: 'low' }, { severity: ['low', 'high'] },
  { createdGte: 1, createdLte: 9999999999999 },
])
  assert.ok((await list(filter)).notifications.length > 0, JSON.stringify(filter));

assert.equal((await done(novu.notifications.count({ read: false }))).count, 3);
const counts = await done(novu.notifications.count({ filters: [{ read: false }, { tags: ['x'] }, { severity: 'low' }] }));
assert.deepEqual(counts.counts.map(({ count }) => count), [3, 0, 3]);

await done(first.seen());
assert.ok((await done(first.read())).isRead);
assert.ok(!(await done(first.unread())).isRead);
assert.ok((await done(second.archive())).isArchived);
assert.ok(!(await done(second.unarchive())).isArchived);
assert.ok((await done(third.completePrimary())).primaryAction.isCompleted);
assert.ok(!(await done(third.revertPrimary())).primaryAction.isCompleted);
assert.ok((await done(third.snooze('2026-01-02T00:00:00.000Z'))).isSnoozed);
assert.ok(!(await done(third.unsnooze())).isSnoozed);
assert.ok((await novu.notifications.read({ notificationId: 'x' })).error);
await done(novu.notifications.seenAll({ tags: ['social'] }));
await done(novu.notifications.readAll({ tags: ['social'], data: { post: '1' } }));
await done(novu.notifications.archiveAllRead({}));
await done(novu.notifications.archiveAll({}));
await done(novu.notifications.delete({ notificationId: first.id }));
await done(novu.notifications.deleteAll({ tags: ['social'] }));
assert.equal((await list({})).notifications.length, 0);

const preferences = await done(novu.preferences.list({}));
const [everywhere, comments] = preferences;
assert.deepEqual([everywhere.level, comments.workflow.identifier], ['global', 'comment-notification']);
assert.equal((await done(comments.update({ channels: { email: false } }))).channels.email, false);
await done(everywhere.update({ channels: { in_app: true } }));
await done(novu.preferences.bulkUpdate([{ preference: comments, channels: { email: true } }]));
await done(novu.preferences.list({ tags: ['social'], severity: 'low', criticality: 'all' }));
const monday = { isEnabled: true, hours: [{ start: '09:00 AM', end: '05:00 PM' }] };
const schedule = await done(novu.preferences.schedule.update({ isEnabled: true, weeklySchedule: { monday } }));
assert.equal((await done(novu.preferences.schedule.get())).weeklySchedule.monday.isEnabled, schedule.isEnabled);

const acme = new Novu({ ...options, subscriber: 'ann', context: { tenant: 'acme' } });
assert.equal((await done(acme.notifications.list({}))).notifications.length, 0);

// Push, as the lock screen of a phone shows it.
"use strict";

(() => {
  const { h } = Previews;
  const { isRecord, word } = Readable;
  const { Fields, register } = Providers;

  function lock(side, { title, subtitle, body, image, badge }, sheet) {
    return Previews.lock(side.workflow, [title, subtitle].filter(Boolean).join("\n"), body, h("div", {}, image ? sheet.picture(image, "Image of the notification") : null), badge);
  }

  // The settings of a notification for a phone with Android, where the colour is that of the icon.
  function withIcon(notification) {
    const color = notification.text("color");
    return { ...notification.rest(), ...(color && { "colour of the icon": color }) };
  }

  function fcm(fields, sheet, side) {
    const given = new Fields(fields.record("notification") || {});
    const shown = { title: given.text("title"), body: given.text("body"), image: given.text("image") || given.text("image_url") || given.text("icon"), badge: given.text("badge") };
    sheet.keep("notification", withIcon(given));
    // What single systems show otherwise is seen there only.
    const own = [["Android", fields.peek("android")], ["Apple", fields.peek("apns")], ["Web", fields.peek("webpush")]].map(([name, value]) => {
      const alert = name === "Apple" ? value?.payload?.aps?.alert : value?.notification;
      return isRecord(alert) && (alert.title || alert.body) ? [name, { title: word(alert.title), body: word(alert.body), subtitle: word(alert.subtitle), image: word(alert.image ?? alert.imageUrl ?? alert.image_url) }] : typeof alert === "string" ? [name, { title: "", body: alert }] : null;
    }).filter(Boolean);
    const android = new Fields(fields.record("android") || {});
    const onAndroid = withIcon(new Fields(android.record("notification") || {}));
    sheet.keep("android", { ...android.rest(), ...(Object.keys(onAndroid).length && { notification: onAndroid }) });
    return h("div.stack", {}, lock(side, shown, sheet), own.map(([name, each]) => h("div.stack", {}, h("p.said-small", {}, `On ${name}:`), lock(side, { ...shown, ...Object.fromEntries(Object.entries(each).filter(([, value]) => value)) }, sheet))));
  }

  // https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification
  function apns(fields, sheet, side) {
    const aps = new Fields(fields.record("aps") || {});
    const raw = fields.peek("rawPayload");
    const fits = (value) => isRecord(value) || typeof value === "string";
    const alerts = [fields.take("alert", fits), aps.take("alert", fits), raw?.aps?.alert].filter(fits);
    const shown = { title: fields.text("title"), body: fields.text("body"), subtitle: fields.text("subtitle"), badge: fields.text("badge") || aps.text("badge") || word(raw?.aps?.badge) };
    for (const alert of alerts) {
      if (!isRecord(alert)) Object.assign(shown, { title: "", body: alert });
      else {
        const one = new Fields(alert);
        for (const name of ["title", "subtitle", "body"]) shown[name] = one.text(name) || shown[name];
        sheet.keep("alert", one.rest());
      }
    }
    sheet.keep("aps", aps.rest());
    return lock(side, shown, sheet);
  }

  const simply = (name, title, body, more = {}) => ({
    name, replaces: { [title]: "title", [body]: "text" }, shows: ["subtitle", "badge", "image"], base: (outputs) => ({ [title]: outputs.subject, [body]: outputs.body }),
    draw: (fields, sheet, side) => lock(side, { title: fields.text(title), subtitle: fields.text("subtitle"), body: fields.text(body), badge: fields.text("badge"), image: fields.text("image") }, sheet), ...more,
  });

  // Headings and contents by language; the first is drawn, the others are listed.
  function oneSignal(fields, sheet, side) {
    const [title, body, subtitle] = ["headings", "contents", "subtitle"].map((name) => Object.entries(fields.record(name) || {}).map(([language, value]) => [language, word(value)]));
    const languages = [...new Set([...title, ...body].map(([language]) => language))].slice(0, 20);
    const of = (pairs, language) => (pairs.find(([each]) => each === language) || pairs.find(([each]) => each === "en") || ["", ""])[1];
    return h("div.stack", {}, (languages.length ? languages : ["en"]).map((language) => h("div.stack", {}, languages.length > 1 ? h("p.said-small", {}, `In ${language}:`) : null,
      lock(side, { title: of(title, language), subtitle: of(subtitle, language), body: of(body, language), image: fields.text("big_picture") }, sheet))));
  }

  register({
    // https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages
    fcm: {
      name: "Firebase (FCM)", replaces: { "notification.title": "title", "notification.body": "text" }, shows: ["notification", "android.notification", "apns.payload.aps", "webpush.notification"],
      base: (outputs) => ({ notification: { title: outputs.subject, body: outputs.body } }), draw: fcm, listed: true,
    },
    apns: {
      name: "Apple (APNs)", replaces: { title: "title", body: "text", alert: "title and text", "aps.alert": "title and text", "rawPayload.aps.alert": "title and text" }, shows: ["aps", "badge", "subtitle"],
      base: (outputs) => ({ title: outputs.subject, body: outputs.body }), draw: apns, listed: true,
    },
    expo: simply("Expo", "title", "body"), // https://docs.expo.dev/push-notifications/sending-notifications/#message-request-format
    // https://documentation.onesignal.com/reference/create-message
    onesignal: { name: "OneSignal", replaces: { headings: "title", contents: "text" }, shows: ["subtitle", "big_picture"], base: (outputs) => ({ headings: { en: outputs.subject }, contents: { en: outputs.body } }), draw: oneSignal },
    pushpad: simply("Pushpad", "title", "body"), // https://pushpad.xyz/docs/rest_api
    appio: simply("Appio", "title", "message"),
  });
})();

// WhatsApp, Discord, Telegram and other chats, each by what its API takes.
"use strict";

(() => {
  const { h } = Previews;
  const { isRecord, list, word } = Readable;
  const { Fields, register } = Providers;

  const records = (value) => (Array.isArray(value) ? value.slice(0, 100).filter(isRecord) : []);

  // ---- WhatsApp. https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages

  const MEDIA = { image: "Image", video: "Video", document: "Document", audio: "Sound", sticker: "Sticker", gif: "Moving image" };

  function media(kind, value, sheet) {
    const fields = new Fields(value);
    const name = fields.text("filename");
    const caption = fields.text("caption");
    const address = fields.text("link") || fields.text("id");
    sheet.keep(kind, fields.rest());
    return [sheet.picture(address, [MEDIA[kind], name].filter(Boolean).join(" ")), caption ? Markup.said(caption, "whatsapp", sheet) : null];
  }

  // What one value of a template says.
  function parameter(value, sheet) {
    if (!isRecord(value)) return word(value);
    const kind = word(value.type);
    if (MEDIA[kind] && isRecord(value[kind])) return media(kind, value[kind], sheet);
    if (isRecord(value.currency)) {
      const { amount_1000: amount, code, fallback_value: words } = value.currency;
      const said = `${(amount / 1000).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ${word(code)}`.trim();
      return !Number.isInteger(amount) ? word(words) || word(code) : words ? `${said}, or else “${word(words)}”` : said;
    }
    if (isRecord(value.date_time)) return word(value.date_time.fallback_value);
    if (isRecord(value.location)) return [word(value.location.name), word(value.location.address)].filter(Boolean).join(", ");
    const said = ["text", "payload", "coupon_code", "phone_number", "url"].map((name) => word(value[name])).find(Boolean);
    return said ?? list(value);
  }

  // The text of a template is at WhatsApp, unless the message brings it along: then its places are filled.
  function component(value, sheet) {
    const fields = new Fields(value);
    const kind = fields.text("type").toLowerCase();
    const said = fields.text("text");
    const given = fields.list("parameters");
    const names = given.map((each, at) => word(each?.parameter_name ?? each?.parameterName) || String(at + 1));
    if (kind === "button" || kind === "buttons") {
      const label = [fields.text("sub_type") || fields.text("subType"), fields.text("index")].filter(Boolean);
      const buttons = fields.list("buttons").slice(0, 20).map((each) => sheet.button(word(each?.text), { address: word(each?.url) }));
      const made = buttons.length ? h("div.wa-buttons", {}, buttons) : h("p.said-small", {}, `Button ${label[1] !== undefined ? Number(label[1]) + 1 : ""} (${Readable.words(label[0] || "button")})`, given.length ? ": " : "", given.map((each) => parameter(each, sheet)));
      sheet.keep("button", fields.rest());
      return made;
    }
    sheet.keep(kind || "component", fields.rest());
    const tag = kind === "header" ? "div.said.is-bold" : kind === "footer" ? "div.said.is-muted" : "div.said";
    const values = given.map((each) => parameter(each, sheet));
    // A picture has no place in a text.
    if (said && values.every((each) => typeof each === "string")) {
      return Markup.said(said.replace(/\{\{\s*(\w+)\s*\}\}/g, (place, name) => values[names.indexOf(name)] ?? place), "whatsapp", sheet, tag);
    }
    const [rows, more] = sheet.each(given, (each, at) => {
      const shown = values[at];
      return h("div", {}, h("dt", {}, `{{${names[at]}}}`), h("dd", {}, typeof shown === "string" ? h("bdi", {}, shown || "empty text") : shown));
    });
    return h("div.wa-part", {}, h("p.said-small", {}, kind ? Readable.words(kind) : "part"), said ? Markup.said(said, "whatsapp", sheet, tag) : null, rows.length ? h("dl.facts", {}, rows) : null, more);
  }

  function template(value, sheet) {
    const fields = new Fields(value);
    const name = fields.text("name");
    const language = fields.record("language");
    const given = fields.list("components");
    const bubble = h("div.bubble.wa", {},
      h("p.said-small", {}, "Template ", h("bdi", {}, h("strong", {}, name || "without a name")), language?.code ? `, in ${word(language.code)}` : ""),
      sheet.each(given, (each) => (isRecord(each) ? component(each, sheet) : list(each)), 20),
      given.some((each) => each?.text) ? null : h("p.said-small", { "data-unmarked": "" }, "The text of the template is at WhatsApp."));
    sheet.keep("template", fields.rest());
    return bubble;
  }

  function interactive(value, sheet) {
    const fields = new Fields(value);
    const kind = fields.text("type");
    const header = fields.record("header");
    const body = fields.record("body");
    const footer = fields.record("footer");
    const action = new Fields(fields.record("action") || {});
    const buttons = records(action.list("buttons")).map((each) => sheet.button(word(each.reply?.title) || word(each.title), {}));
    const given = action.record("parameters");
    if (given?.display_text || given?.displayText) buttons.push(sheet.button(word(given.display_text ?? given.displayText), { address: word(given.url) }));
    else if (given) sheet.keep("action", given);
    const opens = action.text("button");
    action.text("name");
    const [sections, more] = sheet.each(records(action.list("sections")), (each) => h("li", {}, each.title ? h("p.said-small", {}, word(each.title)) : null,
      h("ul", {}, sheet.each([...records(each.rows), ...records(each.product_items)], (row) => h("li", {}, h("bdi", {}, word(row.title) || word(row.product_retailer_id)), row.description ? h("span.input-hint", {}, ` ${word(row.description)}`) : null)))), 10);
    sheet.keep("interactive", { ...fields.rest(), ...action.rest() });
    const image = header && MEDIA[header.type] && isRecord(header[header.type]) ? media(header.type, header[header.type], sheet) : null;
    return [h("div.bubble.wa", {}, image, header?.text ? h("p.card-title", {}, h("bdi", {}, word(header.text))) : null, body ? Markup.said(word(body.text), "whatsapp", sheet) : null, footer ? h("p.said-small", {}, h("bdi", {}, word(footer.text))) : null),
      buttons.length ? h("div.wa-buttons", {}, buttons) : null,
      opens || sections.length ? h("div.wa-buttons", {}, sheet.button(opens || Readable.words(kind || "list")), sections.length ? h("div.select", {}, h("ul.options", {}, sections, more ? h("li", {}, more.textContent) : null)) : null) : null];
  }

  function whatsapp(fields, sheet) {
    const kinds = ["template", "interactive", ...Object.keys(MEDIA), "location", "contacts", "reaction", "text"];
    const given = kinds.filter((each) => isRecord(fields.peek(each)) || Array.isArray(fields.peek(each)));
    const type = fields.text("type");
    ["messaging_product", "recipient_type"].forEach((name) => fields.text(name));
    const draw = {
      template, interactive,
      location: (value) => h("div.bubble.wa", {}, h("p", {}, "📍 ", [value.name, value.address].map(word).filter(Boolean).join(", ") || `${word(value.latitude)}, ${word(value.longitude)}`)),
      reaction: (value) => h("div.bubble.wa", {}, word(value.emoji)),
      text: (value) => h("div.bubble.wa", {}, Markup.said(word(value.body), "whatsapp", sheet)),
    };
    const shown = given.map((kind) => {
      const value = fields.any(kind);
      if (Array.isArray(value)) return h("div.bubble.wa", {}, list(value));
      return draw[kind] ? draw[kind](value, sheet) : h("div.bubble.wa", {}, media(kind, value, sheet));
    });
    const plain = fields.text("text") || fields.text("body");
    return h("div.handset.is-whatsapp", {}, shown, plain ? h("div.bubble.wa", {}, Markup.said(plain, "whatsapp", sheet)) : null,
      given.length && given[0] !== "text" && type !== given[0] ? h("p.replaced", {}, `Its type is ${type || "not set"}, and Novu sends the type “text”: set it to “${given[0]}”, or WhatsApp takes it for a text.`) : null);
  }

  // ---- Discord. https://discord.com/developers/docs/resources/message#embed-object

  function embed(value, sheet) {
    if (!isRecord(value)) return h("div.odd", {}, list(value));
    const fields = new Fields(value);
    fields.text("type");
    const color = Number(fields.text("color"));
    const [author, footer, image, thumbnail, provider] = ["author", "footer", "image", "thumbnail", "provider"].map((name) => fields.record(name));
    const [title, address, description, at] = ["title", "url", "description", "timestamp"].map((name) => fields.text(name));
    const items = records(fields.list("fields"));
    const box = h("div.attachment", {},
      author ? h("p.said-small", {}, author.url ? sheet.link(word(author.name), word(author.url)) : word(author.name)) : null,
      provider?.name ? h("p.said-small", {}, word(provider.name)) : null,
      title ? h("p.card-title", {}, address ? sheet.link(Markup.short(title, "discord", sheet), address) : Markup.short(title, "discord", sheet)) : null,
      description ? Markup.said(description, "discord", sheet) : null,
      items.length ? h("dl.fields", {}, sheet.each(items, (each) => h(`div${each.inline ? "" : ".is-row"}`, {}, h("dt", {}, Markup.short(word(each.name), "discord", sheet)), h("dd", {}, Markup.said(word(each.value), "discord", sheet))), 25)[0]) : null,
      [thumbnail, image].map((each) => (each ? sheet.picture(word(each.url), "Image") : null)),
      footer || at ? h("p.said-small", {}, [word(footer?.text), at].filter(Boolean).join(" · ")) : null);
    if (Number.isInteger(color) && color > 0) box.style.borderLeftColor = `#${color.toString(16).padStart(6, "0").slice(-6)}`;
    sheet.keep("embed", fields.rest());
    return box;
  }

  // https://discord.com/developers/docs/components/reference
  const COMPONENTS = {
    1: (fields, sheet) => h("div.item-actions", {}, sheet.parts(COMPONENTS, fields.list("components"))),
    2: (fields, sheet) => {
      const emoji = fields.record("emoji");
      return sheet.button([emoji?.name ? `${word(emoji.name)} ` : "", fields.text("label")], { kind: { 1: "primary", 4: "danger" }[fields.text("style")] || "secondary", address: fields.text("url") });
    },
    3: (fields, sheet) => sheet.menu(fields.text("placeholder"), records(fields.list("options")).map((each) => word(each.label))),
    10: (fields, sheet) => Markup.said(fields.text("content"), "discord", sheet),
    17: (fields, sheet) => h("div.attachment", {}, sheet.parts(COMPONENTS, fields.list("components"))),
  };

  function discord(fields, sheet, side) {
    const said = fields.text("content");
    return Previews.chatMessage(fields.text("username") || side.workflow, said ? Markup.said(said, "discord", sheet) : null,
      sheet.each(fields.list("embeds"), (each) => embed(each, sheet), 10), sheet.parts(COMPONENTS, fields.list("components")));
  }

  // ---- Telegram. https://core.telegram.org/bots/api#sendmessage

  function telegram(fields, sheet) {
    const mode = fields.text("parse_mode");
    const said = fields.text("text") || fields.text("caption");
    const photo = fields.text("photo");
    const markup = fields.record("reply_markup");
    const keys = new Fields(markup || {});
    const inline = keys.list("inline_keyboard");
    const rows = [...inline, ...keys.list("keyboard")];
    ["resize_keyboard", "one_time_keyboard"].forEach((name) => keys.is(name));
    const [made, more] = sheet.each(rows, (row) => h("div.keys", {}, sheet.each(Array.isArray(row) ? row : [row], (each) => {
      const one = new Fields(isRecord(each) ? each : { text: word(each) });
      const label = one.text("text");
      const address = one.text("url") || word(one.record("web_app")?.url) || word(one.record("login_url")?.url);
      sheet.keep(`button ${label.slice(0, 40)}`, one.rest());
      return sheet.button(label, { address });
    }, 10)), 30);
    sheet.keep("keyboard", keys.rest());
    return h("div.handset.is-telegram", {}, photo ? sheet.picture(photo, "Photo") : null,
      said ? h("div.bubble.wa", {}, mode.toLowerCase() === "html" ? Markup.html(said, sheet) : Markup.said(said, Object.hasOwn({ MarkdownV2: 1, Markdown: 1 }, mode) ? mode : "none", sheet)) : null, made, more);
  }

  // ---- A text, by whatever name

  const simply = (name, field, flavour, more = {}) => ({
    name, replaces: { [field]: "text" }, base: (outputs) => ({ [field]: outputs.body }),
    draw: (fields, sheet, side) => Previews.chatMessage(side.workflow, Markup.said(fields.text(field), flavour, sheet)), ...more,
  });

  const bubble = (name, field) => ({
    name, replaces: { [field]: "text" }, draw: (fields, sheet) => h("div.handset", {}, h("div.bubble", {}, h("bdi", {}, Readable.clip(fields.text(field))))),
  });

  register({
    whatsappbusiness: {
      name: "WhatsApp", replaces: Object.fromEntries(["template", "interactive", "text", "location", "contacts", "image", "video", "document", "audio", "sticker"].map((kind) => [kind, "text"])),
      base: () => ({}), draw: whatsapp,
    },
    // Embeds are shown below the text.
    discord: { name: "Discord", replaces: { content: "text" }, shows: ["embeds", "components"], base: (outputs) => ({ content: outputs.body }), draw: discord },
    telegram: { name: "Telegram", replaces: { text: "text", caption: "text" }, shows: ["parse_mode", "reply_markup", "photo"], base: (outputs) => ({ text: outputs.body }), draw: telegram },
    webexmessaging: simply("Webex", "markdown", "markdown"), // https://developer.webex.com/messaging/docs/api/v1/messages/create-a-message
    zulip: simply("Zulip", "content", "markdown"), // https://zulip.com/api/send-message
    ryver: simply("Ryver", "body", "markdown"), // https://api.ryver.com
    // https://www.twilio.com/docs/messaging/api/message-resource
    twilio: { name: "Twilio", replaces: { body: "text", contentSid: "text" }, shows: ["mediaUrl"], base: (outputs, data) => (data.contentSid || data.content_sid ? {} : { body: outputs.body }), draw: twilio },
    nexmo: bubble("Vonage", "text"), // https://developer.vonage.com/en/api/sms
    plivo: bubble("Plivo", "text"), // https://www.plivo.com/docs/messaging/api/message
    telnyx: bubble("Telnyx", "text"), // https://developers.telnyx.com/api/messaging/send-message
    sns: bubble("Amazon SNS", "message"), // https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    messagebird: bubble("MessageBird", "body"), // https://developers.messagebird.com/api/sms-messaging
    sms77: bubble("seven", "text"), // https://docs.seven.io/en/rest-api/endpoints/sms
    termii: bubble("Termii", "sms"), // https://developers.termii.com/messaging-api
    clickatell: bubble("Clickatell", "text"),
    brevosms: bubble("Brevo", "content"), // https://developers.brevo.com/reference/sendtransacsms
  });

  function twilio(fields, sheet) {
    const content = fields.text("contentSid");
    const said = fields.text("body");
    const images = fields.list("mediaUrl");
    return h("div.handset", {}, images.slice(0, 20).map((each) => sheet.picture(word(each), "Attached file")),
      content ? h("div.bubble", {}, h("p.said-small", {}, "Template ", h("strong", {}, content), ", filled by Twilio")) : said ? h("div.bubble", {}, h("bdi", {}, Readable.clip(said))) : null);
  }
})();

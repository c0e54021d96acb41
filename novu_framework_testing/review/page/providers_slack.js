// Slack: blocks, attachments and text. https://docs.slack.dev/reference/block-kit
"use strict";

(() => {
  const { h } = Previews;
  const { isRecord, word } = Readable;
  const { Fields, register } = Providers;

  // A text object, or text alone.
  function textObject(value, sheet, tag = "div.said") {
    if (!isRecord(value)) return value === undefined ? null : Markup.said(word(value), "slack", sheet, tag);
    const fields = new Fields(value);
    const kind = fields.text("type");
    fields.is("emoji");
    fields.is("verbatim");
    const said = fields.text("text");
    sheet.keep("text", fields.rest());
    return kind === "plain_text" ? h(tag, { dir: "auto" }, h("p", {}, Markup.named(said))) : Markup.said(said, "slack", sheet, tag);
  }
  const textOf = (value) => (isRecord(value) ? (typeof value.text === "string" ? value.text : "") : typeof value === "string" ? value : "");

  // The text of a button, a choice or a title: on one line.
  function label(fields, name, sheet) {
    const value = fields.any(name);
    if (value === undefined) return "";
    return value.type === "mrkdwn" ? Markup.short(textOf(value), "slack", sheet) : Markup.named(textOf(value));
  }

  function option(value, sheet) {
    if (!isRecord(value)) return word(value);
    const fields = new Fields(value);
    const shown = label(fields, "text", sheet);
    const more = label(fields, "description", sheet);
    sheet.keep(`choice ${textOf(value.text).slice(0, 40)}`, fields.rest());
    return [shown, more ? h("span.input-hint", {}, " ", more) : null];
  }

  function menu(fields, sheet) {
    const groups = fields.list("option_groups").filter(isRecord);
    const options = [...fields.list("options"), ...groups.flatMap((group) => (Array.isArray(group.options) ? group.options : []))];
    const chosen = fields.record("initial_option");
    const placeholder = label(fields, "placeholder", sheet);
    confirmation(fields, sheet);
    return sheet.menu(chosen ? Markup.named(textOf(chosen.text)) : placeholder, options.map((each) => option(each, sheet)));
  }

  function picker(name, initial) {
    return (fields, sheet) => {
      const placeholder = label(fields, "placeholder", sheet);
      confirmation(fields, sheet);
      const chosen = fields.text(initial);
      return h("div.select", {}, h("span", {}, initial === "initial_date_time" && chosen ? Markup.moment(chosen, { dateStyle: "medium", timeStyle: "short" }) : chosen || placeholder || name, "\u00a0", h("span", { "aria-hidden": "true", "data-unmarked": "" }, "▾")));
    };
  }

  const box = (fields, sheet) => {
    const placeholder = label(fields, "placeholder", sheet);
    const typed = fields.text("initial_value");
    return sheet.box(typed || (placeholder ? h("span.input-hint", {}, placeholder) : null));
  };

  const choices = (sign) => (fields, sheet) => h("ul.choices", {}, sheet.each(fields.list("options"), (each) => h("li", {}, h("span", { "aria-hidden": "true", "data-unmarked": "" }, `${sign} `), option(each, sheet)), 20));

  // What is asked before something happens is read by whoever presses the button.
  function confirmation(fields, sheet) {
    const asked = fields.record("confirm");
    if (asked) sheet.keep("asked before", Object.fromEntries(["title", "text", "confirm", "deny"].filter((name) => asked[name] !== undefined).map((name) => [name, textOf(asked[name])])));
  }

  function button(fields, sheet) {
    confirmation(fields, sheet);
    const style = fields.text("style");
    return sheet.button(label(fields, "text", sheet), { kind: style === "primary" ? "primary.green" : style === "danger" ? style : "secondary", address: fields.text("url") });
  }

  function picture(fields, sheet) {
    const title = label(fields, "title", sheet);
    const file = fields.record("slack_file");
    return h("div.pictured", {}, title ? h("p.said-small", {}, title) : null, sheet.picture(fields.text("image_url") || file?.url || file?.id || "", fields.text("alt_text")));
  }

  const MENUS = ["static", "external", "users", "conversations", "channels"].flatMap((kind) => [`${kind}_select`, `multi_${kind}_select`]);
  const ELEMENTS = {
    button, workflow_button: button, image: picture,
    overflow: (fields, sheet) => { confirmation(fields, sheet); return sheet.menu("More", fields.list("options").map((each) => option(each, sheet))); },
    ...Object.fromEntries(MENUS.map((kind) => [kind, menu])),
    datepicker: picker("Pick a date", "initial_date"), timepicker: picker("Pick a time", "initial_time"), datetimepicker: picker("Pick a date and time", "initial_date_time"),
    checkboxes: choices("☐"), radio_buttons: choices("○"),
    plain_text_input: box, email_text_input: box, number_input: box, url_text_input: box, rich_text_input: box,
    file_input: (fields, sheet) => sheet.box("Choose files"),
    feedback_buttons: (fields, sheet) => h("div.item-actions", {}, ["positive_button", "negative_button"].map((name) => { const each = fields.record(name); return each ? sheet.button(Markup.named(textOf(each.text))) : null; })),
    icon_button: (fields, sheet) => sheet.button([fields.text("icon"), " ", label(fields, "text", sheet)]),
    mrkdwn: (fields, sheet) => textObject({ type: "mrkdwn", text: fields.text("text") }, sheet),
    plain_text: (fields, sheet) => { fields.is("emoji"); return textObject({ type: "plain_text", text: fields.text("text") }, sheet); },
  };

  // ---- Rich text

  function styled(fields, node) {
    const style = fields.record("style") || {};
    const tags = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };
    return Object.entries(tags).reduce((made, [name, tag]) => (style[name] === true ? h(tag, {}, made) : made), node);
  }

  const mention = (sign, name) => (fields) => h("span.mention", {}, sign + fields.text(name));
  const RICH_INLINE = {
    text: (fields) => styled(fields, h("span.rich", {}, fields.text("text"))),
    link: (fields, sheet) => { const address = fields.text("url"); return styled(fields, sheet.link(fields.text("text") || address, address)); },
    user: mention("@", "user_id"), channel: mention("#", "channel_id"), usergroup: mention("@", "usergroup_id"), broadcast: mention("@", "range"), team: mention("@", "team_id"),
    emoji: (fields) => { fields.text("unicode"); return h("span", {}, Markup.emoji(fields.text("name"))); },
    date: (fields, sheet) => {
      const format = fields.text("format") || "{date}";
      return Markup.short(`<!date^${fields.text("timestamp") || 0}^${format}|${fields.text("fallback")}>`, "slack", sheet);
    },
    color: (fields) => h("code", {}, fields.text("value")),
  };
  const inlineRich = (tag) => (fields, sheet) => { fields.text("border"); return h(tag, { dir: "auto" }, sheet.parts(RICH_INLINE, fields.list("elements"))); };
  const RICH = {
    rich_text_section: inlineRich("p"), rich_text_quote: inlineRich("blockquote"), rich_text_preformatted: inlineRich("pre"),
    rich_text_list: (fields, sheet) => {
      const indent = Math.min(Number(fields.text("indent")) || 0, 6);
      const [made, more] = sheet.each(fields.list("elements"), (each) => h("li", {}, sheet.part(RICH, each)));
      fields.text("border");
      return h("div", {}, h(`${fields.text("style") === "ordered" ? "ol" : "ul"}.indent-${indent}`, {}, made), more);
    },
  };

  // ---- Blocks

  const cell = (value, sheet) => (isRecord(value) && value.type === "rich_text" ? sheet.part(BLOCKS, value) : textObject(value, sheet));

  const BLOCKS = {
    header: (fields, sheet) => h("p.said-title", { dir: "auto" }, label(fields, "text", sheet)),
    section: (fields, sheet) => {
      const accessory = fields.record("accessory");
      fields.is("expand");
      const items = fields.list("fields");
      return h("div.split", {},
        h("div.split-main", {}, textObject(fields.any("text"), sheet), items.length ? h("div.fields", {}, sheet.each(items, (each) => textObject(each, sheet), 50)) : null),
        accessory ? h("div.split-side", {}, sheet.part(ELEMENTS, accessory)) : null);
    },
    divider: () => h("hr"),
    image: picture,
    actions: (fields, sheet) => h("div.item-actions", {}, sheet.parts(ELEMENTS, fields.list("elements"))),
    context_actions: (fields, sheet) => h("div.item-actions", {}, sheet.parts(ELEMENTS, fields.list("elements"))),
    context: (fields, sheet) => h("div.said-context", {}, sheet.parts(ELEMENTS, fields.list("elements"))),
    input: (fields, sheet) => {
      const optional = fields.is("optional");
      fields.is("dispatch_action");
      const element = fields.record("element");
      return sheet.input([label(fields, "label", sheet), optional ? h("span.input-hint", {}, " (optional)") : null], element ? sheet.part(ELEMENTS, element) : null, label(fields, "hint", sheet));
    },
    rich_text: (fields, sheet) => h("div.said", {}, sheet.parts(RICH, fields.list("elements"))),
    markdown: (fields, sheet) => Markup.said(fields.text("text"), "markdown", sheet),
    video: (fields, sheet) => {
      const title = label(fields, "title", sheet) || "Video";
      const address = fields.text("title_url") || fields.text("video_url");
      const names = [fields.text("author_name"), fields.text("provider_name")].filter(Boolean).join(" · ");
      return h("div.pictured", {}, h("p", {}, sheet.link(title, address)), names ? h("p.said-small", {}, names) : null, textObject(fields.any("description"), sheet), sheet.picture(fields.text("thumbnail_url"), `Video: ${fields.text("alt_text") || "without a description"}`));
    },
    file: (fields) => h("p.said-file", {}, `File ${fields.text("external_id")}${fields.text("source") === "remote" ? ", kept elsewhere" : ""}`),
    table: (fields, sheet) => {
      fields.list("column_settings");
      const [rows, more] = sheet.each(fields.list("rows"), (row) => h("tr", {}, (Array.isArray(row) ? row : [row]).slice(0, 20).map((each) => h("td", {}, cell(each, sheet)))));
      return h("div", {}, h("table", {}, h("tbody", {}, rows)), more);
    },
  };

  // ---- Attachments, older than blocks

  function attachment(value, sheet) {
    if (!isRecord(value)) return h("div.odd", {}, Readable.list(value));
    const fields = new Fields(value);
    const link = (name, target) => { const [said, address] = [fields.text(name), fields.text(target)]; return said ? (address ? sheet.link(said, address) : said) : null; };
    const color = fields.text("color");
    const pretext = fields.text("pretext");
    const author = link("author_name", "author_link");
    const title = link("title", "title_link");
    const body = fields.text("text");
    const items = fields.list("fields");
    const footer = [fields.text("footer"), fields.text("ts")].filter(Boolean);
    fields.list("mrkdwn_in");
    const bar = { good: "#2eb67d", warning: "#ecb22e", danger: "#e01e5a" }[color] || (/^#?[0-9a-f]{6}$/i.test(color) ? `#${color.replace("#", "")}` : "");
    const images = ["image_url", "thumb_url"].map((name) => fields.text(name)).filter(Boolean);
    const made = h("div", {}, pretext ? Markup.said(pretext, "slack", sheet) : null,
      h("div.attachment", {},
        author ? h("p.said-small", {}, author) : null,
        title ? h("p.card-title", {}, title) : null,
        body ? Markup.said(body, "slack", sheet) : null,
        sheet.parts(BLOCKS, fields.list("blocks")),
        items.length ? h("dl.fields", {}, sheet.each(items.filter(isRecord), (each) => h("div", {}, h("dt", {}, word(each.title)), h("dd", {}, Markup.short(word(each.value), "slack", sheet)))).flat()) : null,
        images.map((address) => sheet.picture(address, fields.text("alt_text") || fields.text("fallback") || "Image")),
        fields.list("actions").length ? h("div.item-actions", {}, (value.actions || []).slice(0, 20).map((each) => sheet.button(word(each?.text), { address: word(each?.url) }))) : null,
        footer.length ? h("p.said-small", {}, footer[0], footer[1] ? ` · ${Markup.moment(footer[1], { dateStyle: "medium", timeStyle: "short" })}` : "") : null));
    made.querySelector(".attachment").style.borderLeftColor = bar;
    fields.text("fallback");
    sheet.keep("attachment", fields.rest());
    return made;
  }

  function message(flavour) {
    return (fields, sheet, side) => {
      const blocks = fields.list("blocks");
      const said = fields.text("text");
      return Previews.chatMessage(side.workflow,
        blocks.length ? sheet.parts(BLOCKS, blocks) : said ? Markup.said(said, flavour, sheet) : null,
        sheet.each(fields.list("attachments"), (each) => attachment(each, sheet), 100),
        blocks.length && said ? h("p.said-small", {}, "Its notification says: ", Markup.short(said, flavour, sheet)) : null);
    };
  }

  register({
    // https://docs.slack.dev/reference/methods/chat.postMessage: with blocks, the text is only that of the notification.
    slack: { name: "Slack", replaces: { text: "text", blocks: "text" }, shows: ["attachments"], base: (outputs) => ({ text: outputs.body }), draw: message("slack") },
    // https://developers.mattermost.com/integrate/webhooks/incoming: attachments as Slack's, text in Markdown.
    mattermost: { name: "Mattermost", replaces: { text: "text" }, shows: ["attachments"], base: (outputs) => ({ text: outputs.body }), draw: message("markdown") },
    // https://developer.rocket.chat/apidocs/post-message
    rocketchat: { name: "Rocket.Chat", replaces: { text: "text" }, shows: ["attachments"], base: (outputs) => ({ text: outputs.body }), draw: message("markdown") },
  });
})();

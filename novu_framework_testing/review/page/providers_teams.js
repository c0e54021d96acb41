// Microsoft Teams: Adaptive Cards (https://adaptivecards.io/explorer) and the older MessageCards.
"use strict";

(() => {
  const { h } = Previews;
  const { isRecord } = Readable;
  const { Fields, register } = Providers;

  const SIZES = { small: "is-small", medium: "is-medium", large: "is-large", extralarge: "is-huge" };
  const COLORS = ["dark", "light", "accent", "good", "warning", "attention"];
  const lower = (fields, name) => fields.text(name).toLowerCase();

  function look(fields) {
    const classes = [SIZES[lower(fields, "size")]];
    if (lower(fields, "weight") === "bolder") classes.push("is-bold");
    const color = lower(fields, "color");
    if (COLORS.includes(color)) classes.push(`is-${color}`);
    if (fields.is("isSubtle")) classes.push("is-muted");
    if (lower(fields, "fontType") === "monospace") classes.push("is-mono");
    if (lower(fields, "horizontalAlignment") === "center") classes.push("is-centred");
    if (lower(fields, "horizontalAlignment") === "right") classes.push("is-right");
    return classes.filter(Boolean).map((each) => `.${each}`).join("");
  }

  // What is set apart from the part before it, and what is hidden until a button shows it.
  function placed(draw) {
    return (fields, sheet) => {
      const separate = fields.is("separator");
      const hidden = fields.take("isVisible", (value) => typeof value === "boolean") === false;
      fields.text("spacing");
      const made = draw(fields, sheet);
      return h(`div.placed${separate ? ".is-apart" : ""}`, {}, hidden ? h("p.said-small", {}, "Hidden until a button shows it:") : null, made);
    };
  }

  function select(fields, sheet) {
    const action = fields.record("selectAction");
    if (!action) return null;
    const address = String(action.url ?? "");
    return h("p.said-small", {}, "Pressed: ", address ? sheet.link(String(action.title ?? address), address) : String(action.title ?? action.type ?? ""));
  }

  const items = (fields, sheet, name = "items") => sheet.parts(ELEMENTS, fields.list(name));

  function picture(fields, sheet) {
    const small = [lower(fields, "size"), lower(fields, "style")].some((each) => each === "small" || each === "person");
    ["width", "height", "horizontalAlignment", "backgroundColor"].forEach((name) => fields.text(name));
    return [sheet.picture(fields.text("url"), fields.text("altText"), small ? "figure.picture.is-inline" : undefined), select(fields, sheet)];
  }

  function container(fields, sheet) {
    const style = lower(fields, "style");
    fields.is("bleed");
    return h(`div.container${["emphasis", "accent", "good", "warning", "attention"].includes(style) ? `.is-${style}` : ""}`, {}, items(fields, sheet), select(fields, sheet));
  }

  function columns(fields, sheet) {
    const [made, more] = sheet.each(fields.list("columns"), (each) => {
      if (!isRecord(each)) return h("div.column", {}, Readable.list(each));
      const column = new Fields(each);
      column.text("type");
      const width = column.text("width");
      const element = h(`div.column${width === "auto" ? ".is-auto" : ""}`, {}, placed(container)(column, sheet));
      sheet.keep("column", column.rest());
      return element;
    }, 20);
    return [h("div.columns", {}, made), more, select(fields, sheet), actions(fields, sheet)];
  }

  function facts(fields, sheet) {
    const [rows, more] = sheet.each(fields.list("facts").filter(isRecord), (each) => h("div", {}, h("dt", {}, Markup.short(String(each.title ?? each.name ?? ""), "markdown", sheet)), h("dd", {}, Markup.short(String(each.value ?? ""), "markdown", sheet))));
    return [rows.length ? h("dl.facts", {}, rows) : null, more];
  }

  function table(fields, sheet) {
    const first = fields.take("firstRowAsHeader", (value) => typeof value === "boolean") !== false;
    ["showGridLines"].forEach((name) => fields.is(name));
    fields.text("gridStyle");
    fields.list("columns");
    const [rows, more] = sheet.each(fields.list("rows").filter(isRecord), (row, at) => h("tr", {}, (Array.isArray(row.cells) ? row.cells : []).slice(0, 20).map((each) => h(first && at === 0 ? "th" : "td", first && at === 0 ? { scope: "col" } : {}, isRecord(each) && Array.isArray(each.items) ? sheet.parts(ELEMENTS, each.items) : Readable.list(each)))));
    return [h("table", {}, first && rows.length ? h("thead", {}, rows.shift()) : null, h("tbody", {}, rows)), more];
  }

  function input(kind) {
    return (fields, sheet) => {
      const name = Markup.short(fields.text("label"), "none", sheet);
      const required = fields.is("isRequired");
      const placeholder = fields.text("placeholder");
      const typed = fields.text("value");
      const label = [name, required ? h("span.input-hint", {}, " (required)") : null];
      if (kind === "toggle") return h("p", {}, h("span", { "aria-hidden": "true", "data-unmarked": "" }, typed === "true" ? "☑ " : "☐ "), label, " ", fields.text("title"));
      const choices = fields.list("choices").filter(isRecord);
      const chosen = choices.find((each) => each.value === typed);
      return sheet.input(label, kind === "choice" ? sheet.menu(String(chosen?.title ?? (placeholder || "Choose")), choices.map((each) => String(each.title ?? each.value ?? ""))) : sheet.box(typed || (placeholder ? h("span.input-hint", {}, placeholder) : null)));
    };
  }

  const ELEMENTS = Object.fromEntries(Object.entries({
    TextBlock: (fields, sheet) => {
      const heading = lower(fields, "style") === "heading";
      ["wrap"].forEach((name) => fields.is(name));
      fields.text("maxLines");
      return Markup.said(fields.text("text"), "markdown", sheet, `div.said${look(fields)}${heading ? ".is-bold" : ""}`);
    },
    RichTextBlock: (fields, sheet) => h(`p.said${look(fields)}`, { dir: "auto" }, sheet.each(fields.list("inlines"), (each) => (isRecord(each) ? sheet.part(RUNS, each) : String(each)))),
    Image: picture,
    ImageSet: (fields, sheet) => { fields.text("imageSize"); return h("div.images", {}, sheet.parts(ELEMENTS, fields.list("images"))); },
    Media: (fields, sheet) => sheet.picture(fields.text("poster") || String(fields.list("sources")[0]?.url ?? ""), `Film or sound: ${fields.text("altText") || "without a description"}`),
    Container: container,
    ColumnSet: columns,
    FactSet: facts,
    ActionSet: (fields, sheet) => actions(fields, sheet),
    Table: table,
    CodeBlock: (fields) => h("pre", {}, Readable.clip(fields.text("codeSnippet"))),
    Badge: (fields) => h("span.chip", {}, fields.text("text")),
    "Input.Text": input("text"), "Input.Number": input("text"), "Input.Date": input("text"), "Input.Time": input("text"), "Input.Toggle": input("toggle"), "Input.ChoiceSet": input("choice"),
  }).map(([kind, draw]) => [kind, placed(draw)]));

  const RUNS = {
    TextRun: (fields, sheet) => {
      const tags = { italic: "em", strikethrough: "s", underline: "u", highlight: "mark" };
      const action = fields.record("selectAction");
      const classes = look(fields);
      const said = action?.url ? sheet.link(fields.text("text"), String(action.url)) : fields.text("text");
      return h(`span${classes}`, {}, Object.entries(tags).reduce((made, [name, tag]) => (fields.is(name) ? h(tag, {}, made) : made), said));
    },
  };

  function action(fields, sheet, address = "") {
    const style = lower(fields, "style");
    fields.text("mode");
    return sheet.button(Markup.named(fields.text("title")), { kind: style === "positive" ? "primary" : style === "destructive" ? "danger" : "secondary", address });
  }

  const ACTIONS = {
    "Action.OpenUrl": (fields, sheet) => action(fields, sheet, fields.text("url")),
    ...Object.fromEntries(["Submit", "Execute", "ToggleVisibility"].map((kind) => [`Action.${kind}`, (fields, sheet) => action(fields, sheet)])),
    "Action.ShowCard": (fields, sheet) => {
      const card = fields.record("card");
      return h("div.show-card", {}, action(fields, sheet), card ? h("div.container.is-emphasis", {}, h("p.said-small", {}, "Shown when it is pressed:"), sheet.part(CARDS, { type: "AdaptiveCard", ...card })) : null);
    },
  };

  function actions(fields, sheet) {
    const list = fields.list("actions");
    return list.length ? h("div.item-actions", {}, sheet.parts(ACTIONS, list)) : null;
  }

  const CARDS = {
    AdaptiveCard: (fields, sheet) => {
      ["version", "$schema", "fallbackText", "speak", "lang"].forEach((name) => fields.text(name));
      return h("div.adaptive", {}, items(fields, sheet, "body"), actions(fields, sheet), select(fields, sheet));
    },
  };

  // https://learn.microsoft.com/outlook/actionable-messages/message-card-reference
  function messageCard(fields, sheet) {
    const color = fields.text("themeColor").replace("#", "");
    const title = fields.text("title") || fields.text("summary");
    fields.text("summary");
    ["@type", "@context"].forEach((name) => fields.text(name));
    const said = fields.text("text");
    const card = h("div.attachment", {},
      title ? h("p.card-title", {}, Markup.short(title, "markdown", sheet)) : null,
      said ? Markup.said(said, "markdown", sheet) : null,
      sheet.each(fields.list("sections"), (each) => {
        if (!isRecord(each)) return h("div.odd", {}, Readable.list(each));
        const section = new Fields(each);
        const names = ["title", "activityTitle", "activitySubtitle", "activityText", "text"].map((name) => [name, section.text(name)]).filter(([, value]) => value);
        section.is("markdown");
        section.is("startGroup");
        const image = section.text("activityImage");
        const made = h("div.card-section", {},
          image ? sheet.picture(image, "Picture of the section") : null,
          names.map(([name, value]) => Markup.said(value, "markdown", sheet, `div.said${/itle$/.test(name) && !/Sub/.test(name) ? ".is-bold" : name === "activitySubtitle" ? ".is-muted" : ""}`)),
          facts(section, sheet),
          pressed(section, sheet));
        sheet.keep("section", section.rest());
        return made;
      }),
      pressed(fields, sheet));
    if (/^[0-9a-f]{6}$/i.test(color)) card.style.borderLeftColor = `#${color}`;
    return card;
  }

  function pressed(fields, sheet) {
    const [made, more] = sheet.each(fields.list("potentialAction").filter(isRecord), (each) => {
      const one = new Fields(each);
      const targets = one.list("targets").filter(isRecord);
      const address = String(targets[0]?.uri ?? one.text("target") ?? one.list("target")[0] ?? "");
      const name = one.text("name");
      one.text("@type");
      sheet.keep(`button ${name.slice(0, 40)}`, one.rest());
      return sheet.button(Markup.named(name), { address });
    }, 20);
    return made.length ? h("div.item-actions", {}, made, more) : null;
  }

  function message(fields, sheet, side) {
    const cards = fields.list("attachments");
    const type = fields.text("type");
    if (type === "AdaptiveCard" || fields.has("body")) return Previews.chatMessage(side.workflow, h("div.card-frame", {}, CARDS.AdaptiveCard(fields, sheet)));
    const old = ["sections", "potentialAction", "themeColor"].some((name) => fields.has(name));
    if (old) return Previews.chatMessage(side.workflow, messageCard(fields, sheet));
    const said = fields.text("text");
    const drawn = sheet.each(cards, (each) => {
      const content = isRecord(each) && isRecord(each.content) ? each.content : null;
      return h("div.card-frame", {}, content ? sheet.part(CARDS, content.type ? content : { type: "AdaptiveCard", ...content }) : Readable.list(each));
    }, 20);
    return Previews.chatMessage(side.workflow, said ? Markup.said(said, "markdown", sheet) : null, drawn);
  }

  register({
    // https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
    msteams: { name: "Microsoft Teams", replaces: { text: "text", attachments: "text", body: "text" }, shows: ["sections", "potentialAction", "title", "summary"], base: (outputs, data) => (data.attachments || data.body ? {} : { text: outputs.body }), draw: message },
  });
})();

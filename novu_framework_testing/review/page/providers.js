// Draws what is overridden for one provider as that provider draws it, and says what of the message it replaces.
"use strict";

const Providers = (() => {
  const { h } = Previews;
  const { list, some, clip, words, count, isRecord, isPlain } = Readable;
  const DRAWN = 500;
  const LETTERS = 60000;
  const DEEPEST = 8;

  // Providers take camelCase and snake_case alike; Novu writes each as its API wants it.
  const fold = (name) => name.replace(/[_-]/g, "").toLowerCase();

  // A record of a message. What is taken was drawn; what is left, or is not what was expected, is listed.
  class Fields {
    constructor(record) {
      this.source = record;
      this.left = new Map();
      for (const key of Object.keys(record)) this.left.set(this.left.has(fold(key)) ? key : fold(key), key);
    }

    take(name, fits) {
      const key = this.left.get(fold(name));
      if (key === undefined || !fits(this.source[key])) return undefined;
      this.left.delete(fold(name));
      return this.source[key];
    }

    text(name) { return String(this.take(name, (value) => isPlain(value) && value !== null) ?? ""); }
    list(name) { return this.take(name, Array.isArray) || []; }
    has(name) { return this.left.has(fold(name)); }
    record(name) { return this.take(name, isRecord); }
    peek(name) { return this.source[this.left.get(fold(name))]; }
    any(name) { return this.take(name, (value) => value !== null); }
    is(name) { return this.take(name, (value) => typeof value === "boolean") === true; }
    rest() { return Object.fromEntries([...this.left.values()].map((key) => [key, this.source[key]])); }
  }

  // What drawing one override gathers: where its links lead, what is not seen; and how much more may be drawn.
  class Sheet {
    constructor() {
      this.budget = { left: DRAWN };
      this.letters = LETTERS;
      this.depth = 0;
      this.leads = new Map();
      this.unseen = [];
    }

    each(items, draw, most) {
      return some(items, draw, this.budget, most);
    }

    // Draws a record by what the table says for its type; what the table does not know is listed as it is.
    part(table, value, type = "type") {
      if (!isRecord(value)) return h("div.odd", {}, list(value));
      const fields = new Fields(value);
      const kind = fields.text(type);
      if (!Object.hasOwn(table, kind)) return h("div.odd", {}, h("p.odd-kind", {}, kind ? ["“", h("bdi", {}, clip(words(kind), 80)), "”, not drawn here:"] : "Of no known kind:"), list(fields.rest()));
      if (this.depth >= DEEPEST) return h("p.tree-none", {}, "nested deeper than is shown here");
      this.depth += 1;
      const element = table[kind](fields, this);
      this.depth -= 1;
      this.keep(`${words(kind)} ${(element?.textContent || "").trim().slice(0, 40)}`, fields.rest());
      return element;
    }

    parts(table, items, type) {
      return this.each(items, (each) => this.part(table, each, type));
    }

    keep(where, rest) {
      if (Object.keys(rest).length) this.unseen.push([where, rest]);
    }

    // A link leads nowhere here: its address is listed below the message.
    link(label, address, name = "span.said-link") {
      const shown = h(name, { "data-leads-to": address, title: `Leads to ${address}` }, label);
      if (address && shown.textContent !== address) this.leads.set(`${shown.textContent} ${address}`, [shown.textContent, address]);
      return shown;
    }

    // Nothing happens when it is pressed: a reader hears of a button that cannot be.
    button(label, { kind = "secondary", address = "" } = {}) {
      const said = h("bdi", {}, label);
      if (!said.textContent.trim()) said.textContent = "Button without a label";
      const shown = address ? this.link(said, address, `span.button.${kind}`) : h(`span.button.${kind}`, {}, said);
      shown.setAttribute("role", "button");
      shown.setAttribute("aria-disabled", "true");
      return shown;
    }

    menu(label, options = []) {
      const [made, more] = this.each(options, (each) => h("li", {}, each), 20);
      return h("div.select", {}, h("span", {}, label || "Menu", "\u00a0", h("span", { "aria-hidden": "true", "data-unmarked": "" }, "▾")), made.length ? h("ul.options", {}, made, more ? h("li", {}, more.textContent) : null) : null);
    }

    input(label, field, hint) {
      return h("div.input", {}, label ? h("p.input-label", {}, label) : null, field || null, hint ? h("p.input-hint", {}, hint) : null);
    }

    box(value) {
      return h("div.input-box", {}, value || "\u00a0");
    }

    // A picture is never fetched: its description and its address stand for it.
    picture(address, alt, name = "figure.picture") {
      if (/^data:image\/(?:png|gif|jpe?g|webp|avif|bmp);/i.test(address)) return h("img.said-image", { src: address, alt: alt || "Image without a description" });
      return h(name, { "data-image": address }, h("span", {}, alt ? clip(alt, 500) : "Image without a description"), address ? h("code", {}, clip(address, 200)) : null);
    }

    rest() {
      const made = [];
      if (this.leads.size) {
        const [lines, more] = some([...this.leads.values()], ([label, address]) => h("li", {}, h("span", {}, "“", h("bdi", {}, clip(label, 80)), "” leads to"), " ", h("code", {}, h("bdi", {}, clip(address, 300)))), this.budget, 30);
        made.push(h("ul.leads", {}, lines, more ? h("li", {}, more.textContent) : null));
      }
      if (this.unseen.length) {
        const many = this.unseen.length;
        const [rows, more] = some(this.unseen, ([where, rest]) => h("li", {}, h("p", {}, h("bdi", {}, where)), list(rest)), { left: 60 });
        made.push(h("details.not-drawn", {}, h("summary", {}, `Not seen in the message: settings of ${many === 1 ? "one part" : `${count(many)} parts`}`), h("ul", {}, rows, more ? h("li", {}, more.textContent) : null)));
      }
      return made;
    }
  }

  // ---- What each provider shows instead of the message
  //
  // `replaces` names the part of the message that a field takes the place of; a field of `shows` is seen as well, beside
  // the message. `base` is what Novu sends of the message without an override (novuhq/novu, packages/providers).

  const PROVIDERS = {};
  const ALIASES = { novuslack: "slack", whatsapp: "whatsappbusiness", firebase: "fcm", teams: "msteams", brevo: "sendinblue", amazonses: "ses" };
  const known = (id) => PROVIDERS[ALIASES[fold(id)] || fold(id)] || null;
  const register = (rows) => Object.assign(PROVIDERS, rows);
  const nameOf = (id) => known(id)?.name || id;

  function at(record, path) {
    let value = record;
    for (const part of path.split(".")) {
      const key = isRecord(value) ? Object.keys(value).find((each) => fold(each) === fold(part)) : undefined;
      if (key === undefined) return undefined;
      value = value[key];
    }
    return value;
  }

  // Records are merged, lists are joined, anything else is replaced: as Novu does it.
  function merge(under, over, depth = 0) {
    if (Array.isArray(under) && Array.isArray(over)) return [...under, ...over];
    if (!isRecord(under) || !isRecord(over) || depth > 50) return over;
    const made = new Map(Object.entries(under));
    const names = new Map(Object.keys(under).map((key) => [fold(key), key]));
    for (const [key, value] of Object.entries(over)) {
      const same = made.has(key) ? key : names.get(fold(key)) ?? key;
      made.set(same, made.has(same) ? merge(made.get(same), value, depth + 1) : value);
    }
    return Object.fromEntries(made);
  }

  // An override as {data, request}: what is passed through to the provider's API is merged over the rest.
  function read(override) {
    if (!isRecord(override)) return { data: {}, request: { value: override } };
    const { _passthrough: passed, ...data } = override;
    if (passed === undefined) return { data, request: {} };
    if (!isRecord(passed)) return { data, request: { _passthrough: passed } };
    const { body = {}, headers, query, ...other } = passed;
    const request = Object.fromEntries(Object.entries({ headers, query, ...other }).filter(([, value]) => value !== undefined));
    if (!isRecord(body)) request.body = body;
    return { data: isRecord(body) ? merge(data, body) : data, request };
  }

  const joined = (parts) => parts.join(", ").replace(/, ([^,]*)$/, " and $1");

  // Which parts of the message a provider shows otherwise: "text", "subject and body".
  function replaced(id, override) {
    const { data } = read(override);
    const parts = Object.entries(known(id)?.replaces || {}).filter(([path]) => at(data, path) !== undefined).map(([, part]) => part);
    return joined([...new Set(parts)]);
  }

  // What stands above a message that not every provider shows.
  function notices(side) {
    return Object.entries(side.providers).map(([id, override]) => [id, replaced(id, override)]).filter(([, what]) => what)
      .map(([id, what]) => h("p.replaced", {}, h("bdi", {}, nameOf(id)), ` shows its own message, below, instead of this ${what}.`));
  }

  function section(id, override, side, email) {
    const { data, request } = read(override);
    const provider = known(id);
    const sheet = new Sheet();
    let shown = null;
    let made = null;
    let left = data;
    const seen = provider ? [...Object.keys(provider.replaces || {}), ...(provider.shows || [])] : [];
    if (seen.some((path) => at(data, path) !== undefined)) {
      try {
        const fields = new Fields(merge(provider.base ? provider.base(side.outputs, data) : {}, data));
        if (provider.email) {
          made = provider.email(fields, side);
          shown = made && (made = email(made)).element;
        } else shown = provider.draw(fields, sheet, side);
        // The parts of a push are few: they are listed with the rest.
        left = { ...(provider.listed ? Object.fromEntries(sheet.unseen.splice(0)) : {}), ...fields.rest() };
      } catch {
        // What cannot be drawn is listed as it is.
        shown = made = null;
      }
    }
    const settings = { ...left, ...(Object.keys(request).length ? { request } : {}) };
    const name = nameOf(id);
    return {
      email: made,
      element: h("div.override", { role: "group", "aria-label": `Override for ${name}` },
        h("h4", {}, h("bdi", {}, name)),
        shown ? h("div.override-shown", {}, shown) : null,
        sheet.rest(),
        Object.keys(settings).length ? h("div.extra", {}, shown ? h("p.extra-name", {}, "Also set") : null, list(settings)) : shown ? null : h("p.tree-none", {}, "Nothing is set.")),
    };
  }

  // What a step gives in Slack's own form beside its text, or instead of one: {blocks, attachments}, or null without any.
  function inOutputs({ channel, outputs }) {
    const holds = (name) => Array.isArray(outputs[name]) && outputs[name].length && outputs[name].every(isRecord);
    const blocks = ["chat", "custom"].includes(channel) && holds("blocks") && outputs.blocks.every((each) => typeof each.type === "string");
    const attachments = (blocks || channel === "chat") && holds("attachments");
    return blocks || attachments ? { ...(blocks && { blocks: outputs.blocks }), ...(attachments && { attachments: outputs.attachments }) } : null;
  }

  const withoutBlocks = (side) => Object.fromEntries(Object.entries(side.outputs).filter(([name]) => !Object.hasOwn(inOutputs(side) || {}, name)));

  // The overrides of a message: {element or null, emails}. `email(side)` draws one that a provider sends instead.
  function sections(side, email) {
    const own = inOutputs(side);
    const given = [...(own ? [["slack", own]] : []), ...Object.entries(side.providers)];
    const made = given.map(([id, override]) => section(id, override, side, email));
    return { element: made.length ? h("div.overrides", {}, made.map((each) => each.element)) : null, emails: made.map((each) => each.email).filter(Boolean) };
  }

  return { Fields, register, notices, sections, withoutBlocks };
})();

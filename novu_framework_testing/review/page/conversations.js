// Draws a conversation with an agent as a chat: people at one side, the agent at the other, and between them what happened.
"use strict";

const Conversations = (() => {
  const { h, text, rich } = Previews;
  const list = (value) => (Array.isArray(value) ? value : []);
  const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  const image = (words, address) => h("div.picture", { "data-image": text(address), title: `Image, not loaded: ${text(address)}` }, h("span", { dir: "auto" }, text(words) || "Image"));

  function part(value) {
    if (value === "---") return h("hr");
    if (!isRecord(value)) return h("p.card-text", {}, text(value));
    if ("text" in value) return h("p.card-text", { dir: "auto" }, rich(value.text));
    if ("image" in value) return image(value.image, value.url);
    if ("link" in value) return h("p.card-link", { "data-leads-to": text(value.url), title: `Leads to ${text(value.url)}` }, text(value.link));
    if ("button" in value) {
      const kind = value.style === "primary" || value.style === "danger" ? value.style : "secondary";
      return h(`span.button.${kind}`, {}, text(value.button), value.disabled ? " (disabled)" : null);
    }
    if ("select" in value) return h("span.select", {}, text(value.select), h("span.options", {}, list(value.options).map(text).join(" · ")));
    if ("field" in value) return h("span.select", {}, text(value.field), h("span.options", {}, "to be filled in"));
    if (Array.isArray(value.actions)) return h("div.item-actions", {}, value.actions.map(part));
    const inner = Object.values(value).find(Array.isArray);
    return inner && Object.keys(value).length === 1 ? h("div.card-section", {}, inner.map(part)) : h("div.card-other", {}, Readable.list(value));
  }

  const card = (value) => h("div.card", {},
    value.image ? image("", value.image) : null,
    value.title ? h("p.card-title", { dir: "auto" }, text(value.title)) : null,
    value.subtitle ? h("p.card-subtitle", { dir: "auto" }, text(value.subtitle)) : null,
    list(value.parts).map(part));

  function entry(value, agent) {
    if (!isRecord(value)) return h("li.talk-note", {}, text(value));
    const later = value.later ? h("p.talk-later", {}, `${text(value.later)} later`) : null;
    if ("note" in value) return h("li.talk-note", {}, later, h("p", { dir: "auto" }, text(value.note)));
    const name = text(value.from);
    const isAgent = name === agent || name.startsWith(`${agent} (`);
    return h(`li.talk-message${isAgent ? ".is-agent" : ""}${name.endsWith(" (deleted)") ? ".is-deleted" : ""}`, {}, later,
      h("p.talk-name", { dir: "auto" }, name),
      isRecord(value.card) ? card(value.card) : h("p.talk-text", { dir: "auto" }, rich(value.text)),
      list(value.files).map((each) => h("p.talk-file", { dir: "auto" }, `File: ${text(each)}`)),
      list(value.reactions).length ? h("p.talk-reactions", {}, list(value.reactions).map((each) => h("span.chip", {}, text(each)))) : null);
  }

  function scene(side) {
    const { platform, subject, people, talk } = side.outputs;
    return h("div.talk", {},
      h("p.talk-head", {}, h("strong", {}, text(side.step)), ` on ${text(platform)}, with ${list(people).map(text).join(", ")}`, h("span.tag", {}, text(side.status))),
      subject ? h("p.talk-subject", { dir: "auto" }, text(subject)) : null,
      h("ol.talk-entries", {}, list(talk).map((each) => entry(each, side.step))));
  }

  return { scene };
})();

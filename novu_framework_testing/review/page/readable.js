// Structured data as names in plain words and values: as narrow as a phone, and bounded, whatever comes.
"use strict";

const Readable = (() => {
  const { h } = Previews;
  const MOST = 100;
  const ALL = 1500;
  const DEEPEST = 8;
  const LONGEST = 1500;
  const NARROW = 40;
  const ACRONYMS = new Set(["id", "ids", "url", "urls", "html", "ip", "sms", "mms", "ttl", "sid", "api", "amp", "cta", "dkim", "tls"]);
  // Below these come names that the sender has made up: they stay as they are written.
  const OWN = /^(?:.*headers|.*data|payload|custom_?args|.*variables|substitutions|fields|query|user_?info)$/i;

  const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const isPlain = (value) => value === null || typeof value !== "object";
  const count = (number) => number.toLocaleString("en");

  function words(key) {
    if (!/^[a-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*$/.test(key)) return key;
    return key.split(/[_-]|(?<=[a-z0-9])(?=[A-Z])/).map((each) => each.toLowerCase()).map((each) => (ACRONYMS.has(each) ? each.toUpperCase().replace(/S$/, (end) => (each === "sms" || each === "mms" || each === "tls" ? end : "s")) : each)).join(" ");
  }

  function clip(value, most = LONGEST) {
    const said = String(value);
    if (said.length <= most) return said;
    return [said.slice(0, most).replace(/[\ud800-\udbff]$/, ""), h("span.tree-none", {}, ` … and ${count(said.length - most)} more characters`)];
  }

  // The first of many, and how many more there are: [elements, paragraph or null].
  function some(items, draw, budget, most = MOST) {
    const made = [];
    let at = 0;
    for (; at < items.length && at < most && budget.left > 0; at += 1) {
      budget.left -= 1;
      made.push(draw(items[at], at));
    }
    return [made, at < items.length ? h("p.tree-none", {}, made.length ? `and ${count(items.length - at)} more` : `${count(items.length)} more`) : null];
  }

  function leaf(value) {
    const none = { null: "none", true: "yes", false: "no", "": "empty text", undefined: "none" }[value];
    return none && typeof value !== "string" || value === "" ? h("span.tree-none", {}, none) : h("bdi", {}, clip(value));
  }

  function person(value) {
    const address = value.email ?? value.address;
    if (typeof address !== "string" || !Object.entries(value).every(([key, each]) => /^(?:name|email|address)$/.test(key) && isPlain(each))) return null;
    return h("bdi", {}, value.name ? `${value.name} <${address}>` : address);
  }

  // The columns of records that are all small enough to stand side by side on a phone.
  function columns(items) {
    if (items.length < 2 || items.length > MOST || !items.every(isRecord)) return null;
    const widths = new Map();
    for (const each of items) {
      for (const [key, value] of Object.entries(each)) {
        if (!isPlain(value)) return null;
        widths.set(key, Math.max(widths.get(key) || words(key).length, String(value).length));
      }
    }
    return widths.size > 1 && [...widths.values()].reduce((sum, each) => sum + each, 0) <= NARROW ? [...widths.keys()] : null;
  }

  function list(value, { own = false, depth = 0, budget = { left: ALL } } = {}) {
    if (isPlain(value)) return leaf(value);
    if (depth > DEEPEST) return h("span.tree-none", {}, "nested deeper than is shown here");
    const named = (key) => (own ? key : words(key));
    const inner = (each, key) => list(each, { own: own || OWN.test(key), depth: depth + 1, budget });
    if (Array.isArray(value)) {
      if (!value.length) return h("span.tree-none", {}, "empty list");
      if (value.length <= 12 && value.every((each) => (typeof each === "number" || typeof each === "string") && !String(each).includes(",") && String(each).length < NARROW && each !== "")) return h("bdi", {}, value.join(", "));
      const heads = columns(value);
      if (heads) {
        return h("table.tree", {},
          h("thead", {}, h("tr", {}, heads.map((key) => h("th", { scope: "col" }, named(key))))),
          h("tbody", {}, some(value, (each) => h("tr", {}, heads.map((key) => h("td", {}, key in each ? leaf(each[key]) : ""))), budget)[0]));
      }
      const [made, more] = some(value, (each) => h("li", {}, inner(each, "")), budget);
      return h("div", {}, made.length ? h("ol.tree", {}, made) : null, more);
    }
    const entries = Object.entries(value);
    if (!entries.length) return h("span.tree-none", {}, "empty");
    const one = person(value);
    if (one) return one;
    // What has parts of its own stands below its name: beside it there would be no room.
    const [made, more] = some(entries, ([key, each]) => {
      const shown = inner(each, key);
      return h(`div${["SPAN", "BDI"].includes(shown.tagName) ? "" : ".is-wide"}`, {}, h("dt", {}, clip(named(key), 200)), h("dd", {}, shown));
    }, budget);
    return h("div", {}, made.length ? h("dl.tree", {}, made) : null, more);
  }

  return { list, some, clip, words, count, isRecord, isPlain };
})();

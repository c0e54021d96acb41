// The markup that chat programs have, each its own, as elements; what is no markup stays text, HTML too.
"use strict";

const Markup = (() => {
  const { h } = Previews;
  const { clip } = Readable;
  const LONGEST = 12000;
  const NESTED = 5;

  // An emoji that has no name here stays a name between colons.
  const EMOJI = Object.fromEntries(EMOJI_NAMES.trim().split(/\s+/).reduce((pairs, each, index, all) => (index % 2 ? pairs : [...pairs, [each, all[index + 1]]]), []));
  const emoji = (name) => (Object.hasOwn(EMOJI, name) ? h("span", { role: "img", "aria-label": name.replaceAll("_", " ") }, EMOJI[name]) : `:${name}:`);

  // A rule is the source of a pattern with two groups, and what is made of them: make(first, second, inner, sheet).
  const inner = (tag) => (first, _, made) => h(tag, {}, made(first));
  const between = (sign) => {
    const escaped = sign.replace(/[*|]/g, "\\$&");
    const single = sign.length === 1 ? ["(?<![\\p{L}\\p{N}])", "(?![\\p{L}\\p{N}])"] : ["", ""];
    return `${single[0]}${escaped}(?=\\S)((?:<[^<>\\n]*>|[^${escaped}<\\n])+)(?<=\\S)${escaped}${single[1]}()`;
  };
  const CODE = ["`([^`\\n]+)`()", (first) => h("code", {}, first)];
  const LINK = ["\\[([^\\[\\]\\n]{1,2000})\\]\\(<?([^()<>\\s]{0,2000})>?\\)", (first, second, made, sheet) => sheet.link(made(first), second)];
  const IMAGE = ["!\\[([^\\[\\]\\n]{0,2000})\\]\\(([^()\\s]{0,2000})\\)", (first, second, made, sheet) => sheet.picture(second, first, "span.picture.is-inline")];
  const BARE = ["(https?:\\/\\/[^\\s<>|`*\\]\"]{1,2000})()", (first, _, made, sheet) => sheet.link(first, first)];
  const SHORT = [":([a-z0-9_+'-]{1,60}):()", (first) => emoji(first)];
  const spoiler = [between("||"), (first, _, made) => h("span.spoiler", { title: "Hidden until it is pressed" }, made(first))];
  const moment = (seconds, how) => {
    const date = new Date(Number(seconds) * 1000);
    return Number.isNaN(date.getTime()) ? String(seconds) : date.toLocaleString("en", { timeZone: "UTC", ...how });
  };

  const DATES = {
    date_num: { year: "numeric", month: "2-digit", day: "2-digit" }, date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
    date: { year: "numeric", month: "long", day: "numeric" }, date_pretty: { year: "numeric", month: "long", day: "numeric" },
    date_short: { year: "numeric", month: "short", day: "numeric" }, date_short_pretty: { year: "numeric", month: "short", day: "numeric" },
    date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" }, date_long_pretty: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
    time: { hour: "numeric", minute: "2-digit", timeZoneName: "short" }, time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit", timeZoneName: "short" },
    ago: { year: "numeric", month: "short", day: "numeric" },
  };

  // https://docs.slack.dev/messaging/formatting-message-text: what stands between < and >.
  function angle(said, _, made, sheet) {
    const [target, ...rest] = said.split("|");
    const label = rest.join("|");
    if (/^[@#!]/.test(target)) {
      const date = /^!date\^(-?\d+)\^([^^]*)(?:\^(.*))?$/.exec(target);
      if (date) {
        const shown = date[2].replace(/\{(\w+)\}/g, (all, name) => (Object.hasOwn(DATES, name) ? moment(date[1], DATES[name]) : all));
        const time = h("time", { title: `In the time zone of the reader; ${label || "no fallback"} where dates are not known` }, shown);
        return date[3] ? sheet.link(time, plain(date[3])) : time;
      }
      const subteam = /^!subteam\^(.+)$/.exec(target);
      const name = label || (subteam ? subteam[1] : target.slice(1));
      const sign = target[0] === "#" ? "#" : "@";
      return h("span.mention", {}, name.startsWith(sign) ? plain(name) : sign + plain(name));
    }
    if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return `<${plain(said)}>`;
    return sheet.link(label ? made(label) : plain(target).replace(/^mailto:/, ""), plain(target));
  }

  const plain = (said) => said.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);

  const FLAVOURS = {
    slack: { plain, rules: [CODE, ["<([^<>\\n]{1,3000})>()", angle], [between("*"), inner("strong")], [between("_"), inner("em")], [between("~"), inner("s")], SHORT, BARE] },
    whatsapp: { rules: [CODE, [between("*"), inner("strong")], [between("_"), inner("em")], [between("~"), inner("s")], BARE], lists: true },
    markdown: { rules: [CODE, IMAGE, LINK, [between("**"), inner("strong")], [between("__"), inner("strong")], [between("~~"), inner("s")], [between("*"), inner("em")], [between("_"), inner("em")], BARE], lists: true, headings: true },
    discord: {
      rules: [CODE, LINK, spoiler, ["<(@[!&]?|#|t:|a?:)([^<>\\n]{1,100})>", (sign, said) => (sign === "t:" ? h("time", { title: "In the time zone of the reader" }, moment(said.split(":")[0], { dateStyle: "medium", timeStyle: "short" })) : sign.endsWith(":") ? `:${said.split(":")[0]}:` : h("span.mention", {}, `${sign[0]}${said}`))],
        [between("**"), inner("strong")], [between("__"), inner("u")], [between("~~"), inner("s")], [between("*"), inner("em")], [between("_"), inner("em")], ["(@everyone|@here)()", (first) => h("span.mention", {}, first)], SHORT, BARE],
      lists: true, headings: true,
    },
    MarkdownV2: {
      rules: [["\\\\([_*\\[\\]()~`>#+\\-=|{}.!\\\\])()", (first) => first], CODE, LINK, spoiler, [between("__"), inner("u")], [between("*"), inner("strong")], [between("_"), inner("em")], [between("~"), inner("s")], BARE],
    },
    Markdown: { rules: [CODE, LINK, [between("*"), inner("strong")], [between("_"), inner("em")], BARE] },
    none: { rules: [BARE], flat: true },
  };
  for (const flavour of Object.values(FLAVOURS)) flavour.pattern = new RegExp(flavour.rules.map(([source]) => `(${source})`).join("|"), "gu");

  function inline(said, flavour, sheet, depth = 0) {
    const word = flavour.plain || ((each) => each);
    if (depth > NESTED) return word(said);
    const nodes = [];
    let at = 0;
    for (const match of said.matchAll(flavour.pattern)) {
      if (match.index > at) nodes.push(word(said.slice(at, match.index)));
      const rule = flavour.rules.findIndex((_, index) => match[1 + 3 * index] !== undefined);
      nodes.push(flavour.rules[rule][1](match[2 + 3 * rule], match[3 + 3 * rule], (each) => inline(each, flavour, sheet, depth + 1), sheet));
      at = match.index + match[0].length;
    }
    if (at < said.length) nodes.push(word(said.slice(at)));
    return nodes;
  }

  // The kind of line, and what it says.
  function kindOf(line, flavour) {
    const quote = /^(?:>|&gt;) ?(.*)$/.exec(line);
    if (quote) return ["blockquote", quote[1]];
    const heading = flavour.headings && /^#{1,6} +(.+)$/.exec(line);
    if (heading) return ["heading", heading[1]];
    const item = flavour.lists && /^\s*(?:([-*+•])|\d{1,3}[.)])\s+(\S.*)$/.exec(line);
    if (item) return [item[1] ? "ul" : "ol", item[2]];
    return ["p", line];
  }

  function lines(said, flavour, sheet) {
    const groups = [];
    for (const line of said.split(/\r?\n/)) {
      const [kind, text] = flavour.flat ? ["p", line] : kindOf(line, flavour);
      const last = groups[groups.length - 1];
      if (last && last.kind === kind && kind !== "heading") last.lines.push(text);
      else groups.push({ kind, lines: [text] });
    }
    return groups.map(({ kind, lines: all }) => {
      if (kind === "ul" || kind === "ol") return h(kind, {}, all.map((each) => h("li", {}, inline(each, flavour, sheet))));
      const body = all.join("\n").replace(/^\n+|\n+$/g, "");
      if (!body) return null;
      return kind === "heading" ? h("p.said-heading", {}, inline(body, flavour, sheet)) : h(kind, {}, inline(body, flavour, sheet));
    });
  }

  // A text in the markup of a program, as a block. `flavour` is one of FLAVOURS.
  function said(value, name, sheet, tag = "div.said") {
    const flavour = FLAVOURS[name] || FLAVOURS.none;
    const [start, rest] = [clip(value, Math.min(LONGEST, sheet.letters))].flat();
    sheet.letters -= start.length;
    const parts = flavour.flat ? [start] : start.split(/```(?:[a-z0-9+-]{0,20}\n)?([\s\S]*?)```/i);
    return h(tag, { dir: "auto" }, parts.map((part, index) => (index % 2 ? h("pre", {}, part.replace(/^\n|\n$/g, "")) : part ? lines(part, flavour, sheet) : null)), rest || null);
  }

  // The same without paragraphs, for labels and titles.
  const short = (value, name, sheet) => h("bdi", {}, inline([clip(value, 3000)].flat()[0], FLAVOURS[name] || FLAVOURS.none, sheet));
  const named = (value) => h("bdi", {}, [clip(value, 3000)].flat()[0].split(/:([a-z0-9_+'-]{1,60}):/).map((part, index) => (index % 2 ? emoji(part) : part)));

  // https://core.telegram.org/bots/api#html-style: a few tags; any other stays the text that it is.
  const TAGS = { b: "strong", strong: "strong", i: "em", em: "em", u: "u", ins: "u", s: "s", strike: "s", del: "s", code: "code", pre: "pre", blockquote: "blockquote", "tg-spoiler": "span.spoiler", span: "span.spoiler", "tg-emoji": "span", a: "a" };
  const ENTITY = { lt: "<", gt: ">", amp: "&", quot: '"' };

  function html(value, sheet) {
    const root = h("div.said-text", { dir: "auto" });
    const open = [{ element: root }];
    const decoded = (each) => each.replace(/&(lt|gt|amp|quot);/g, (_, name) => ENTITY[name]);
    for (const part of [clip(value, LONGEST)].flat()[0].split(/(<\/?[a-z][a-z-]{0,20}(?:\s[^<>]{0,2000})?>)/i)) {
      const tag = /^<(\/?)([a-z][a-z-]*)([^<>]*)>$/i.exec(part);
      const name = tag && tag[2].toLowerCase();
      const last = open[open.length - 1];
      if (!tag || !Object.hasOwn(TAGS, name)) last.element.append(decoded(part));
      else if (tag[1]) {
        if (last.name === name) open.pop();
        if (last.name === name && name === "a") last.element.replaceWith(sheet.link([...last.element.childNodes], last.address));
      } else if (open.length <= NESTED + 3) {
        const made = { element: h(name === "a" ? "span" : TAGS[name]), name, address: decoded(/href\s*=\s*"([^"]*)"/i.exec(tag[3])?.[1] || "") };
        last.element.append(made.element);
        open.push(made);
      }
    }
    return h("div.said", {}, root);
  }

  return { said, short, named, emoji, html, moment };
})();

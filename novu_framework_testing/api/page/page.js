// The page of `novu-framework cloud`: asks what there is, shows it, and asks again.
"use strict";

(() => {
  const { h, icon, compare, rich, text } = Previews;
  const find = (id) => document.getElementById(id);
  const EVERY = 500;

  const WORDS = { email: "Email", in_app: "In-app", sms: "SMS", push: "Push", chat: "Chat", tool: "Tool" };
  const MOVES = { hour: ["advance", { hours: 1 }], day: ["advance", { days: 1 }], next: ["advance-to", { to: "next" }] };
  const KEYS = { h: "hour", d: "day", n: "next" };

  // ---- Asking

  const token = (() => {
    const given = document.querySelector("meta[name=novu-page]").content || location.hash.slice(1);
    if (location.hash) history.replaceState(null, "", location.pathname);
    if (given) sessionStorage.setItem("novu-page", given);
    return given || sessionStorage.getItem("novu-page") || "";
  })();

  let tag = "";
  let shown = null;
  let chosen = sessionStorage.getItem("subscriber");
  let box = "inbox";
  let asking = Promise.resolve();

  async function ask(method, path, { body, headers } = {}) {
    const sent = { "x-novu-page": token, ...headers };
    if (method === "POST") sent["content-type"] = "application/json";
    const answer = await fetch(`/simulation/${path}`, { method, headers: sent, body: method === "POST" ? JSON.stringify(body || {}) : undefined, cache: "no-store" });
    if (answer.status === 304) return null;
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.message || `The simulation answered ${answer.status}.`);
    if (method === "GET") tag = answer.headers.get("etag") || "";
    return said.data;
  }

  async function look() {
    try {
      const found = await ask("GET", `overview?subscriber=${encodeURIComponent(chosen || "")}`, { headers: { "if-none-match": tag } });
      tell("");
      if (!found) return;
      shown = found;
      if (!chosen || !found.subscribers.some((one) => one.id === chosen)) {
        const first = found.subscribers.find((one) => one.unread) || found.subscribers[0];
        if (first) {
          choose(first.id);
          return;
        }
      }
      show();
    } catch (error) {
      tell(error instanceof TypeError ? "The simulation does not answer. It may have been stopped." : error.message, true);
    }
  }

  // One after the other, so that an old answer never follows a new one.
  const refresh = () => (asking = asking.then(look));

  async function act(path, body) {
    try {
      await ask("POST", path, { body });
      brief("");
    } catch (error) {
      brief(error.message);
    }
    await refresh();
  }

  function choose(id) {
    chosen = id;
    tag = "";
    sessionStorage.setItem("subscriber", id);
    refresh();
  }

  let until = 0;

  function tell(message, lasting = false) {
    if (!message && Date.now() < until) return;
    find("toast").textContent = message || find("toast").textContent;
    find("toast").classList.toggle("is-shown", Boolean(message));
    find("toast").classList.toggle("is-bad", lasting);
  }

  function brief(message) {
    until = message ? Date.now() + 4000 : 0;
    tell(message);
  }

  // ---- Showing: only what is new is made anew, and what had the focus has it still

  function sync(container, items, make, none) {
    const old = new Map([...container.children].map((each) => [each.dataset.key, each]));
    const focused = container.contains(document.activeElement) ? document.activeElement : null;
    const place = focused && [focused.closest("[data-key]")?.dataset.key.split("\n")[0], focused.dataset.deed];
    const made = items.map(([name, item]) => {
      const key = `${name}\n${JSON.stringify(item)}`;
      const kept = old.get(key);
      if (kept) return kept;
      const element = make(item);
      element.dataset.key = key;
      return element;
    });
    if (!made.length) made.push(Object.assign(none(), {}));
    const same = made.length === container.children.length && made.every((each, index) => each === container.children[index]);
    if (same) return;
    container.replaceChildren(...made);
    if (focused && !container.contains(document.activeElement)) {
      const again = made.find((each) => each.dataset.key?.split("\n")[0] === place[0]);
      (again?.querySelector(`[data-deed="${place[1]}"]`) || again?.querySelector("button") || find("messages")).focus({ preventScroll: true });
    }
  }

  const nobody = (...words) => h("p.nobody", {}, words);
  const day = (at) => at.slice(0, 10);
  const clock = (at) => at.slice(11, 19);
  const weekday = (at) => new Date(at).toLocaleDateString("en", { weekday: "short", timeZone: "UTC" });

  function show() {
    find("now").textContent = `${weekday(shown.now)} ${day(shown.now)} ${clock(shown.now)} UTC`;
    const next = shown.next;
    find("next").textContent = next ? `Next at ${day(next.due) === day(shown.now) ? "" : `${day(next.due)} `}${clock(next.due)}: ${next.what}` : "Nothing waits.";
    find("next").title = find("next").textContent;
    document.querySelector("[data-move=next]").disabled = !next;
    const unread = shown.subscribers.reduce((sum, one) => sum + one.unread, 0);
    document.title = unread ? `(${unread}) Simulated Novu` : "Simulated Novu";
    sync(find("people"), shown.subscribers.map((one) => [one.id, { ...one, chosen: one.id === chosen }]), person, () => h("li", {}, nobody("Nobody yet.")));
    showBox();
    feed(find("timeline"), grouped(shown.lines.all, shown.lines.first), (item) => item.line ? event(item.line) : h("p.when", {}, item.when),
      () => nobody(shown.workflows.length ? `Nothing has happened yet. There ${shown.workflows.length > 1 ? "are" : "is"} ${shown.workflows.join(", ")} to trigger.` : "Nothing has happened yet: there is no workflow."));
    feed(find("calls"), shown.calls.map((each, index) => [`${each.at} ${index}`, each]), call, () => nobody("No call yet. ", h("code", {}, `NOVU_API_URL=${location.origin}`), " leads an app here."));
  }

  function person(one) {
    const label = `${one.name || one.id}, ${one.unread} unread`;
    return h("li", {}, h("button", { type: "button", "aria-pressed": String(one.chosen), "aria-label": label, "data-deed": "choose", onclick: () => choose(one.id) },
      h("span.person", {}, h("span", {}, one.name || one.id), one.name ? h("small", {}, one.id) : null),
      one.unread ? h("span.unread", { "aria-hidden": "true" }, String(one.unread)) : null));
  }

  const BOXES = {
    inbox: [(one) => one.channel === "in_app" && !one.archived && !one.snoozedUntil, "The inbox is empty."],
    others: [(one) => one.channel !== "in_app", "Nothing was sent by email, SMS, push, chat or tool."],
    away: [(one) => one.archived || one.snoozedUntil, "Nothing is archived or snoozed."],
  };

  function showBox() {
    const name = shown.subscribers.find((one) => one.id === chosen);
    find("whose").textContent = name ? name.name || name.id : "Inbox";
    for (const button of document.querySelectorAll("[data-box]")) {
      const count = shown.messages.filter(BOXES[button.dataset.box][0]).length;
      button.setAttribute("aria-pressed", String(button.dataset.box === box));
      button.setAttribute("data-count", String(count));
    }
    const [wanted, empty] = BOXES[box];
    sync(find("box"), shown.messages.filter(wanted).reverse().map((one) => [one.id, one]), letter, () => nobody(name ? empty : "A trigger brings its subscribers here."));
  }

  function letter(message) {
    const head = h("header.letter-head", {}, message.channel === "in_app" ? null : icon(message.channel),
      h("span.origin", { title: `${message.workflow}/${message.step}` }, message.channel === "in_app" ? "" : `${WORDS[message.channel]}: `, `${message.workflow}/${message.step}`),
      h("time", { datetime: message.at }, `${day(message.at)} ${clock(message.at)}`));
    return message.channel === "in_app" ? inApp(message, head) : other(message, head);
  }

  function inApp(message, head) {
    const { outputs, read, archived, snoozedUntil, done } = message;
    const deed = (name, label, kind = "quiet") => h(`button.${kind}`, { type: "button", "data-deed": name, onclick: () => act(`messages/${message.id}`, { action: name }) }, label);
    const action = (name) => {
      const given = outputs[`${name}Action`];
      if (!given) return null;
      const button = deed(name, text(given.label) + (done.includes(name) ? " ✓" : ""), name === "primary" ? "primary" : "secondary");
      button.disabled = done.includes(name);
      return button;
    };
    const deeds = archived ? [deed("unarchive", "Back to the inbox")]
      : snoozedUntil ? [deed("unsnooze", `Back now (snoozed until ${day(snoozedUntil)} ${clock(snoozedUntil)})`)]
        : [read ? deed("unread", "Mark as unread") : deed("read", "Mark as read"), deed("snooze", "Snooze an hour"), deed("archive", "Archive")];
    return h(`article.letter${read ? "" : ".is-unread"}`, { "aria-label": `${read ? "" : "Unread: "}${text(outputs.subject || outputs.body)}` }, head,
      h("div.letter-text", {}, outputs.subject ? h("h3", {}, rich(outputs.subject)) : null, h("p", {}, rich(outputs.body))),
      h("div.deeds", {}, action("primary"), action("secondary"), h("div", {}, deeds)));
  }

  function other(message, head) {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const phone = matchMedia("(max-width: 860px)").matches;
    const side = { ...message, channelWord: WORDS[message.channel], status: "delivered", details: message.to ? { to: message.to } : {}, facts: {} };
    const surface = h(`div.surface${dark ? ".is-dark" : ""}`);
    const element = h("article.letter", { "aria-label": `${WORDS[message.channel]} of ${message.workflow}` }, head, surface);
    // An email is measured on the page, so it has to be on it first.
    requestAnimationFrame(() => surface.append(compare({ step: message.step, stem: "", old: null, new: side }, { dark, phone, marks: false }).new));
    return element;
  }

  // Lines with a heading for each moment.
  function grouped(lines, first) {
    const items = [];
    let before = "";
    lines.forEach((line, index) => {
      if (line.at !== before) items.push([`at ${first + index}`, { when: `${day(line.at)} ${clock(line.at)}` }]);
      before = line.at;
      items.push([String(first + index), { line }]);
    });
    return items;
  }

  function event(line) {
    const where = [line.workflowId, line.stepId].filter(Boolean).join("/");
    return h(`div.event.event-${line.kind}`, {}, h("div", {},
      where ? [h("span.where", {}, `${where}${line.subscriberId ? ` for ${line.subscriberId}` : ""}: `)] : null, h("span.what", {}, line.text)));
  }

  function call(one) {
    const body = (name, said) => (said ? [h("h3", {}, name), h("pre", { tabindex: "0" }, pretty(said))] : null);
    return h("details.call", {}, h("summary", {}, h("span.method", {}, one.method), h("span.path", {}, one.path), h(`span.status${one.status >= 400 ? ".is-bad" : ""}`, {}, String(one.status))),
      body("Sent", one.sent), body("Answered", one.answered));
  }

  function pretty(said) {
    try {
      return JSON.stringify(JSON.parse(said), null, 2);
    } catch {
      return said;
    }
  }

  // Who reads what is further up stays there.
  function feed(container, items, make, none) {
    const follows = container.scrollTop + container.clientHeight >= container.scrollHeight - 24;
    sync(container, items, make, none);
    if (follows) container.scrollTop = container.scrollHeight;
  }

  // ---- What people do

  const move = (name) => act(...MOVES[name]);
  for (const button of document.querySelectorAll("[data-move]")) button.addEventListener("click", () => move(button.dataset.move));
  for (const button of document.querySelectorAll("[data-box]")) button.addEventListener("click", () => {
    box = button.dataset.box;
    if (shown) showBox();
  });
  for (const button of document.querySelectorAll(".views [data-view]")) button.addEventListener("click", () => {
    document.body.dataset.view = button.dataset.view;
    for (const each of document.querySelectorAll(".views [data-view]")) each.setAttribute("aria-pressed", String(each === button));
    for (const each of document.querySelectorAll(".feed")) each.scrollTop = each.scrollHeight;
  });
  document.addEventListener("keydown", (pressed) => {
    const name = KEYS[pressed.key.toLowerCase()];
    if (!name || pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.repeat) return;
    move(name);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => shown && find("box").replaceChildren() === undefined && showBox());
  document.addEventListener("visibilitychange", () => document.hidden || refresh());

  (async () => {
    for (;;) {
      if (!document.hidden) await refresh();
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  })();
})();

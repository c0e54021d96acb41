// The report: what changed is on the page in words; messages are drawn in the entries that are open, once they come near.
"use strict";

(() => {
  const { h, icon, compare, source } = Previews;
  const view = { phone: false, dark: false, text: false };
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const entries = all(".entry");
  const rest = document.querySelector(".rest");
  let message = null; // from its number to its data, once that is read

  root.classList.add("is-scripted");
  all("[data-channel]").forEach((each) => each.prepend(icon(each.dataset.channel)));

  // ---- Drawing

  function fill(slot) {
    if (!message || slot.dataset.filled === slot.dataset.message) return Promise.resolve();
    slot.dataset.filled = slot.dataset.message;
    const shown = message(slot.dataset.message);
    const made = compare(shown, { ...view, marks: shown.kind === "changed" });
    const surface = (element) => h(`div.surface${view.dark ? ".is-dark" : ""}`, {}, element);
    const side = (name, kind, element) => h(`div.side-${kind}`, { role: "group", "aria-label": name || shown.stepName }, name ? h("p.side-name", {}, name) : null, surface(element));
    const single = !(made.old && made.new) || shown.kind !== "changed";
    slot.replaceChildren(h(`div.sides${single ? ".is-single" : ""}`, {},
      single ? side("", "only", made.new || made.old) : [side("Before", "shown", made.old), side("After", "shown", made.new)]));
    const pictures = Pictures.show(shown.pictures, 4);
    if (pictures) slot.append(pictures);
    return made.ready;
  }

  const isOpen = (slot) => !slot.closest("details:not([open])") && !slot.closest("[hidden]");
  const near = new IntersectionObserver((seen) => {
    for (const each of seen) if (each.isIntersecting && isOpen(each.target)) fill(each.target);
  }, { rootMargin: "800px" });
  const look = (slot) => { near.unobserve(slot); near.observe(slot); };

  // What is open follows when there is time, so that printing finds it. A busy browser may never have time: then soon.
  const later = window.requestIdleCallback
    ? (act) => window.requestIdleCallback(act, { timeout: 60 })
    : (act) => setTimeout(act, 60);
  let turn = 0;
  async function drawOpen() {
    const mine = turn += 1;
    root.removeAttribute("data-complete");
    for (const slot of all(".slot")) {
      if (!isOpen(slot) || slot.dataset.filled) continue;
      await new Promise(later);
      if (mine !== turn) return; // a later call draws everything that is open by now
      await fill(slot);
    }
    if (mine === turn) root.setAttribute("data-complete", "");
  }

  function show(entry, number) {
    const slot = entry.querySelector(".slot");
    slot.dataset.message = number;
    prepare(entry);
    entry.querySelector(".where").textContent = entry.querySelector(`[data-member="${number}"]`).textContent;
    all(".members button", entry).forEach((each) => each.setAttribute("aria-pressed", String(each.parentElement.dataset.member === number)));
    const files = entry.querySelector(".files");
    files.open = false;
    all(".sources", files).forEach((each) => each.remove());
    fill(slot);
  }

  function prepare(entry) {
    for (const item of all("[data-member]", entry)) {
      if (item.querySelector("button")) return;
      const button = h("button", { type: "button", "aria-pressed": String(item.dataset.member === entry.querySelector(".slot").dataset.message), onclick: () => show(entry, item.dataset.member) });
      button.append(...item.childNodes);
      item.append(button);
    }
  }

  function files(details) {
    if (!details.open || !message || details.querySelector(".sources")) return;
    const shown = message(details.parentElement.querySelector(".slot").dataset.message);
    details.append(source(shown.kind === "changed" ? shown : { ...shown, old: shown.old || shown.new, new: shown.new || shown.old }, "h4"));
  }

  // The event does not rise, so it is caught on its way down.
  document.addEventListener("toggle", ({ target }) => {
    if (target.matches(".files")) files(target);
    if (target.matches(".entry") && target.open) prepare(target);
    if (target.matches(".entry, .rest") && target.open) all(".slot", target).forEach(look);
  }, true);

  // ---- Searching

  const form = document.getElementById("filters");
  const numbers = (entry) => {
    const [from, to] = entry.dataset.messages.split(":").map(Number);
    return Array.from({ length: to - from }, (_, index) => from + index);
  };
  const known = new Map();

  // What an entry can be found by: its words on the page, and those of its messages.
  function about(entry) {
    if (!known.has(entry)) {
      const found = message ? numbers(entry).map(message) : [];
      const said = found.flatMap((each) => Object.values((each.new || each.old || { raw: {} }).raw));
      known.set(entry, {
        text: [entry.textContent, ...said.map((each) => each.replace(/<style[^]*?<\/style>|<[^>]*>/gi, " "))].join("\n").toLowerCase(),
        workflows: new Set(found.map((each) => each.workflowName || each.workflow || "No workflow")),
        channels: new Set(found.map((each) => each.channel)),
      });
    }
    return known.get(entry);
  }

  function search() {
    const wanted = Object.fromEntries(new FormData(form));
    const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
    const asked = Object.values(wanted).some((each) => each.trim());
    for (const entry of entries) {
      const it = asked ? about(entry) : null;
      entry.hidden = asked && !(
        (!wanted.kind || entry.dataset.kind === wanted.kind)
        && (!wanted.workflow || it.workflows.has(wanted.workflow))
        && (!wanted.channel || it.channels.has(wanted.channel))
        && words.every((word) => it.text.includes(word)));
    }
    for (const section of all("main section, .rest")) {
      if (section.querySelector(".entry")) section.hidden = !section.querySelector(".entry:not([hidden])");
    }
    for (const link of all(".contents a")) {
      const left = all(".entry:not([hidden])", document.getElementById(link.hash.slice(1))).length;
      link.parentElement.hidden = left === 0;
      link.nextElementSibling.textContent = left;
    }
    const shown = entries.filter((each) => !each.hidden);
    if (rest) {
      // What is found there has to be seen.
      if (asked && rest.dataset.was === undefined) rest.dataset.was = rest.open ? "open" : "";
      if (asked) rest.open = !rest.hidden;
      else if (rest.dataset.was !== undefined) { rest.open = rest.dataset.was === "open"; delete rest.dataset.was; }
    }
    document.getElementById("found").textContent = asked ? `${shown.length} of ${entries.length} entries` : "";
    shown.forEach((each) => look(each.querySelector(".slot")));
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", search);
  document.getElementById("open-all").addEventListener("click", () => {
    const shown = entries.filter((each) => !each.hidden && !each.closest(".rest:not([open])"));
    const open = shown.some((each) => !each.open);
    shown.forEach((each) => { each.open = open; });
    document.getElementById("open-all").textContent = open ? "Close all" : "Open all";
    drawOpen();
  });

  // ---- The rest

  for (const button of all("[data-view]")) {
    button.addEventListener("click", () => {
      const [name, value] = button.dataset.view.split(":");
      view[name] = value === "on";
      all(`[data-view^="${name}:"]`).forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
      for (const slot of all(".slot[data-filled]")) delete slot.dataset.filled;
      drawOpen();
    });
  }

  function reveal() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement && at.parentElement.closest("details")) if (at.tagName === "DETAILS") at.open = true;
    if (target && target.dataset.member && message) show(target.closest(".entry"), target.dataset.member);
    if (target) target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);

  window.addEventListener("beforeprint", () => {
    for (const entry of entries) if (!entry.closest(".rest:not([open])")) { entry.open = true; fill(entry.querySelector(".slot")); }
  });

  entries.filter((each) => each.open).forEach(prepare);
  Packed.read().then(({ pieces, data }) => {
    message = (number) => Shared.restore(data[number], pieces);
    reveal();
    all(".slot").forEach(look);
    all(".files[open]").forEach(files);
    return drawOpen();
  }).catch(() => {
    document.getElementById("found").textContent = "This browser is too old to draw the messages: what changed is here in words.";
    root.setAttribute("data-complete", "");
  });
})();

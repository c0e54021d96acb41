// The gallery: draws a message once it comes near, and finds notifications by words, tags and channel.
"use strict";

(async () => {
  const { h, icon, compare } = Previews;
  const packed = await Packed.read();
  const data = Shared.restore(packed.data, packed.pieces);
  const view = { phone: false, dark: false };
  const field = document.getElementById("search");
  const found = document.getElementById("found");
  const plain = (value) => value.normalize("NFKC").toLocaleLowerCase();
  document.documentElement.classList.add("is-scripted");
  document.querySelectorAll("[data-icon]").forEach((each) => each.append(icon(each.dataset.icon)));

  // ---- Previews

  const slots = [...document.querySelectorAll(".slot")];
  const indices = new Map(slots.map((slot) => [slot, Number(slot.dataset.content)]));

  function fill(slot) {
    const { side } = data[indices.get(slot)];
    try {
      const made = compare({ kind: "same", step: side.step, stepName: side.stepName, stem: "", old: null, new: side, course: null }, { ...view, marks: false });
      slot.replaceChildren(h(`div.surface${view.dark ? ".is-dark" : ""}`, {}, made.new));
      made.ready.then(() => { slot.dataset.drawn = "yes"; });
    } catch {
      slot.dataset.drawn = "no"; // what cannot be drawn stays the list that it is without scripts
    }
  }

  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); fill(entry.target); }
  }, { rootMargin: "600px" });
  slots.forEach((slot) => near.observe(slot));

  for (const button of document.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => {
      const [name, value] = button.dataset.view.split(":");
      view[name] = value === "on";
      document.querySelectorAll(`[data-view^="${name}:"]`).forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
      slots.forEach((slot) => { near.unobserve(slot); near.observe(slot); });
    });
  }

  // ---- Search

  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.getAttribute("href").slice(1), link.parentElement]));
  let known = null;
  const said = (slot) => (slot ? data[indices.get(slot)].texts.join(" ") : "");
  // Read when somebody first searches.
  const index = () => [...document.querySelectorAll(".notification")].map((section) => ({
    section,
    link: links.get(section.id),
    head: plain(section.dataset.head),
    tags: plain(section.dataset.tags).split(" "),
    stops: [...section.querySelectorAll(".leg")].map((stop) => ({
      stop,
      channel: stop.dataset.channel,
      isPause: stop.classList.contains("is-pause"),
      shown: plain(said(stop.querySelector(".slot"))),
      text: plain([stop.dataset.step, stop.textContent, ...[...stop.querySelectorAll(".slot")].map(said)].join(" ")),
    })),
  }));
  let only = "";
  let matches = [];
  let at = -1;

  function search() {
    const wanted = plain(field.value).split(/\s+/).filter(Boolean);
    const tags = wanted.filter((word) => word.startsWith("#") && word.length > 1).map((word) => word.slice(1));
    const words = wanted.filter((word) => !word.startsWith("#"));
    const asks = wanted.length > 0;
    let messages = 0;
    let shown = 0;
    known ??= index();
    matches = [];
    at = -1;
    for (const { section, link, head, tags: own, stops } of known) {
      const tagged = tags.every((tag) => own.some((one) => one.startsWith(tag)));
      const inHead = tagged && words.every((word) => head.includes(word));
      let any = false;
      for (const { stop, channel, isPause, shown: first, text } of stops) {
        const visible = !only || channel === only;
        const hit = tagged && visible && (inHead || words.every((word) => head.includes(word) || text.includes(word)));
        stop.hidden = !visible;
        stop.classList.toggle("is-match", asks && words.length > 0 && hit && !inHead);
        any ||= hit;
        if (hit && !isPause) { messages += 1; matches.push({ article: stop.querySelector("article"), hidden: !inHead && !words.every((word) => head.includes(word) || first.includes(word)) }); }
      }
      any ||= inHead && !only;
      section.hidden = !any;
      if (link) link.hidden = !any;
      shown += any ? 1 : 0;
    }
    document.getElementById("nothing").hidden = shown > 0;
    const plural = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
    found.textContent = asks || only ? `${plural(messages, "message")} in ${plural(shown, "notification")}${matches.length && asks ? "; Enter goes to the next" : ""}` : "";
  }

  function step(by) {
    if (!matches.length) return;
    at = (at + by + matches.length) % matches.length;
    document.querySelectorAll(".is-current").forEach((each) => each.classList.remove("is-current"));
    const { article, hidden } = matches[at];
    if (hidden) article.querySelectorAll(".others").forEach((each) => { each.open = true; });
    article.classList.add("is-current");
    article.scrollIntoView({ block: "start" });
    found.textContent = `Message ${at + 1} of ${matches.length}`;
  }

  function ask(text) {
    field.value = text;
    search();
    field.focus();
  }

  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") { event.preventDefault(); step(event.shiftKey ? -1 : 1); }
    if (event.key === "Escape") ask("");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && event.target !== field && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); field.select(); field.focus(); }
  });
  for (const button of document.querySelectorAll("[data-only]")) {
    button.addEventListener("click", () => {
      only = button.dataset.only;
      document.querySelectorAll("[data-only]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
      search();
    });
  }
  for (const button of document.querySelectorAll("[data-tag]")) button.addEventListener("click", () => ask(`#${button.dataset.tag}`));

  const contents = document.querySelector(".contents");
  if (matchMedia("(max-width: 860px)").matches) {
    contents.open = false;
    document.querySelector("[data-view='phone:on']").click();
  }
  document.documentElement.setAttribute("data-complete", "");
})();

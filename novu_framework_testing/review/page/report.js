// The report: shows each message once it comes near, and all of them before the page is printed.
"use strict";

(() => {
  const { h, icon, compare } = Previews;
  const data = JSON.parse(document.getElementById("data").textContent);
  const view = { phone: false, dark: false, text: false };
  const slots = [...document.querySelectorAll(".slot")];

  function fill(slot) {
    if (slot.dataset.filled) return Promise.resolve();
    slot.dataset.filled = "yes";
    const message = data[Number(slot.dataset.message)];
    const made = compare(message, { ...view, marks: message.kind === "changed" });
    const surface = (element) => h(`div.surface${view.dark ? ".is-dark" : ""}`, {}, element);
    const side = (name, kind, element) => h(`section.side-${kind}`, { "aria-label": name || message.step }, name ? h("p.side-name", {}, name) : null, surface(element));
    const single = !(made.old && made.new) || message.kind !== "changed";
    slot.replaceChildren(h(`div.sides${single ? ".is-single" : ""}`, {},
      single ? side("", "only", made.new || made.old) : [side("Before", "shown", made.old), side("After", "shown", made.new)]));
    const pictures = Pictures.show(message.pictures, 4);
    if (pictures) slot.append(pictures);
    return made.ready;
  }

  document.querySelectorAll("[data-channel]").forEach((each) => each.prepend(icon(each.dataset.channel)));
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); fill(entry.target); }
  }, { rootMargin: "800px" });
  slots.forEach((slot) => near.observe(slot));

  // The rest follows when there is time, so that printing and searching find it.
  const later = window.requestIdleCallback || ((act) => setTimeout(act, 60));
  const rest = [...slots];
  const next = () => {
    const slot = rest.shift();
    if (slot) fill(slot).then(() => later(next));
    else document.documentElement.setAttribute("data-complete", "");
  };
  later(next);
  window.addEventListener("beforeprint", () => slots.forEach(fill));

  for (const button of document.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => {
      const [name, value] = button.dataset.view.split(":");
      view[name] = value === "on";
      document.querySelectorAll(`[data-view^="${name}:"]`).forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
      for (const slot of slots) if (slot.dataset.filled) { delete slot.dataset.filled; near.observe(slot); }
    });
  }
})();

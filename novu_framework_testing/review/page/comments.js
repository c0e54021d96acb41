// Why a change is rejected: the field that asks, and the comment beside the change.
"use strict";

const Comments = (() => {
  const { h } = Previews;
  const MOST = 2000;

  // What somebody began to write, by what it is about, until it is done or given up: the open change may be another one in the meantime.
  const drafts = new Map();

  // Puts a field above the buttons of `bar`. `act` gets the text, or is not called at all.
  function ask(bar, { about, title, text = "", word = "Reject", act }) {
    close(bar);
    const before = document.activeElement;
    const field = h("textarea", { id: "why", rows: "2", maxlength: String(MOST), "aria-describedby": "why-keys" });
    field.value = drafts.get(about) ?? text;
    field.addEventListener("input", () => drafts.set(about, field.value));
    const done = (given) => {
      close(bar);
      if (before && before.isConnected) before.focus();
      drafts.delete(about);
      if (given !== null) act(given);
    };
    const form = h("form.why", { "aria-label": title, onsubmit: (event) => { event.preventDefault(); done(field.value.trim()); } },
      h("label", { for: "why" }, title, h("span", {}, " (optional)")),
      field,
      h("p", { id: "why-keys" }, "Enter to go on, Shift+Enter for a new line, Escape to go back."),
      h("div.why-act", {}, h("button.plain", { type: "button", onclick: () => done(null) }, "Go back"), h("button.reject", { type: "submit" }, word)));
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.stopPropagation(); done(null); }
      // A word that is being composed, as in Japanese, ends with Enter too.
      if (event.target === field && event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
    });
    bar.prepend(form);
    field.focus();
  }

  // What was said of a rejection that is taken back: whoever rejects it again begins with it.
  const keep = (about, text) => { if (text) drafts.set(about, text); };

  function close(bar) {
    bar.querySelector("form.why")?.remove();
  }

  // What a reviewer said of this change, or of an earlier version of it.
  function note(detail, edit) {
    const rejected = detail.status === "rejected";
    if (!rejected && !detail.why) return null;
    return h("section.comment", { "aria-label": "Comment" },
      detail.why ? h("p", {}, rejected ? "Why it was rejected:" : "You rejected an earlier version:") : null,
      detail.why ? h("blockquote", { dir: "auto" }, detail.why) : null,
      rejected ? h("button.plain", { type: "button", onclick: edit }, detail.why ? "Edit the comment" : "Say why") : null);
  }

  return { ask, close, keep, note };
})();

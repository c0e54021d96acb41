// The keys of the page, and what tells them.
"use strict";

const Keys = (() => {
  const { h } = Previews;
  const WORDS = [
    ["J", "The next change"], ["K", "The change before"],
    ["A", "Accept: write the snapshot"], ["R", "Reject, and say why"], ["U", "Take the last decision back"],
    ["⇧A", "Accept all that the list shows"], ["⇧W", "Accept all that the list shows of this workflow"],
    ["O", "List the equal messages, or hide them"], ["?", "These keys"],
    ["↑ ↓ Home End", "In the list: another change"], ["→ ←", "In the list: open and close equal messages"],
    ["Esc", "Close what is open"],
  ];
  const dialog = h("dialog.all-keys", { "aria-labelledby": "keys-title" },
    h("h2", { id: "keys-title" }, "Keys"),
    h("dl", {}, WORDS.map(([keys, words]) => [h("dt", {}, keys.split(" ").map((each) => h("kbd", {}, each))), h("dd", {}, words)])),
    h("form", { method: "dialog" }, h("button", {}, "Close")));
  document.body.append(dialog);

  return { show: () => dialog.showModal(), areShown: () => dialog.open };
})();
